import {
  type AppDetails,
  DeleteAppCommand,
  DeleteDomainCommand,
  DeleteSpaceCommand,
  DeleteUserProfileCommand,
  DescribeDomainCommand,
  ListAppsCommand,
  ListSpacesCommand,
  ListUserProfilesCommand,
} from '@aws-sdk/client-sagemaker';
import { askAws, isAbsent } from '../aws/ask-aws.ts';
import type { AwsAccount } from './aws-account.ts';
import { waitUntilGone } from './wait-until-gone.ts';

/**
 * A domain from the inside out, as SageMaker asks for it (SageMaker Developer Guide, "Delete an Amazon
 * SageMaker AI domain"): apps, spaces, profiles, and then itself with its homes.
 */
export async function removeDomain(account: AwsAccount, domainId: string): Promise<void> {
  const { sageMaker, tell } = account;
  const DomainId = domainId;
  await removeAll(account, 'apps', {
    list: async () => (await apps(account, domainId)).filter(({ Status }) => Status !== 'Deleted'),
    nameOf: ({ AppName, SpaceName, UserProfileName }) =>
      `${SpaceName ?? UserProfileName}/${AppName}`,
    isGoing: ({ Status }) => Status === 'Deleting',
    remove: ({ AppName, AppType, SpaceName, UserProfileName }) =>
      sageMaker.send(
        new DeleteAppCommand({
          ...{ DomainId, AppName, AppType },
          ...(SpaceName === undefined ? { UserProfileName } : { SpaceName }),
        }),
      ),
  });
  await removeAll(account, 'spaces', {
    list: () =>
      everyPage(
        (page) => sageMaker.send(new ListSpacesCommand({ DomainIdEquals: DomainId, ...page })),
        ({ Spaces }) => Spaces,
      ),
    nameOf: ({ SpaceName }) => SpaceName ?? '',
    isGoing: ({ Status }) => Status === 'Deleting',
    remove: ({ SpaceName }) => sageMaker.send(new DeleteSpaceCommand({ DomainId, SpaceName })),
  });
  await removeAll(account, 'user profiles', {
    list: () =>
      everyPage(
        (page) =>
          sageMaker.send(new ListUserProfilesCommand({ DomainIdEquals: DomainId, ...page })),
        ({ UserProfiles }) => UserProfiles,
      ),
    nameOf: ({ UserProfileName }) => UserProfileName ?? '',
    isGoing: ({ Status }) => Status === 'Deleting',
    remove: ({ UserProfileName }) =>
      sageMaker.send(new DeleteUserProfileCommand({ DomainId, UserProfileName })),
  });
  tell(`Removing the domain ${domainId} and its homes`);
  await removeAll(account, 'the domain', {
    list: () => domainsCalled(account, domainId),
    nameOf: ({ DomainId: id }) => id,
    isGoing: ({ Status }) => Status === 'Deleting',
    remove: () =>
      sageMaker.send(
        new DeleteDomainCommand({ DomainId, RetentionPolicy: { HomeEfsFileSystem: 'Delete' } }),
      ),
  });
}

interface Removal<Item> {
  list(): Promise<readonly Item[]>;
  nameOf(item: Item): string;
  isGoing(item: Item): boolean;
  remove(item: Item): Promise<unknown>;
}

/** Asks for each once that is not going already, and waits for all. */
async function removeAll<Item>(
  account: AwsAccount,
  what: string,
  removal: Removal<Item>,
): Promise<void> {
  const found = await askAws(`list ${what}`, () => removal.list());
  for (const item of found) {
    if (removal.isGoing(item)) continue;
    await askAws(`remove "${removal.nameOf(item)}" of ${what}`, () => removal.remove(item)).catch(
      (error: unknown) => {
        if (!isAbsent(error)) throw error;
      },
    );
  }
  await waitUntilGone(account, what, async () =>
    (await askAws(`list ${what}`, () => removal.list())).map((item) => removal.nameOf(item)),
  );
}

function apps({ sageMaker }: AwsAccount, domainId: string): Promise<AppDetails[]> {
  return everyPage(
    (page) => sageMaker.send(new ListAppsCommand({ DomainIdEquals: domainId, ...page })),
    ({ Apps }) => Apps,
  );
}

async function domainsCalled({ sageMaker }: AwsAccount, DomainId: string) {
  try {
    const { Status } = await sageMaker.send(new DescribeDomainCommand({ DomainId }));
    return [{ DomainId, Status }];
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function everyPage<Page extends { readonly NextToken?: string | undefined }, Item>(
  ask: (page: { NextToken?: string }) => Promise<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Item[]> {
  const found: Item[] = [];
  let NextToken: string | undefined;
  do {
    const page: Page = await ask(NextToken === undefined ? {} : { NextToken });
    found.push(...(itemsOf(page) ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}
