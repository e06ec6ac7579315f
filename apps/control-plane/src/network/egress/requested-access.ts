import {
  type EgressDestination,
  type EgressRequestInput,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { People } from '../../identity/people.ts';

const hourMilliseconds = 60 * 60 * 1000;

export interface RequestedAccessOptions {
  readonly people: Pick<People, 'find'>;
  readonly domain: Pick<Domain, 'egress' | 'teams'>;
  readonly now: Date;
}

/**
 * For whom, until when and where to, as the domain knows them at the time of asking.
 *
 * @throws {StrongroomError} `InvalidRequest`, `ProfileNotFound`
 */
export async function requestedAccess(input: EgressRequestInput, options: RequestedAccessOptions) {
  await requireSubject(input, options);
  requireEndTime(input, options);
  return {
    ...{ subject: input.subject, mode: input.mode },
    destinations: destinationsOf(input, options),
    endsAt: new Date(input.endsAt).toISOString(),
  };
}

async function requireSubject(
  { subject }: EgressRequestInput,
  { people, domain }: RequestedAccessOptions,
): Promise<void> {
  if (subject.kind === 'team' && !domain.teams.some(({ name }) => name === subject.team)) {
    throw invalid('subject.team', `there is no team "${subject.team}"`);
  }
  if (subject.kind === 'person' && (await people.find(subject.profileName)) === undefined) {
    const { profileName } = subject;
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`);
  }
}

function requireEndTime(
  { endsAt }: EgressRequestInput,
  { domain, now }: RequestedAccessOptions,
): void {
  const { maximumHours } = domain.egress;
  const milliseconds = Date.parse(endsAt) - now.getTime();
  if (milliseconds <= 0) throw invalid('endsAt', 'it is in the past');
  if (milliseconds > maximumHours * hourMilliseconds) {
    throw invalid('endsAt', `at most ${maximumHours} hours from now`);
  }
}

function destinationsOf(
  input: EgressRequestInput,
  { domain }: RequestedAccessOptions,
): EgressDestination[] {
  if (input.mode === 'open') return [];
  const { allowLists } = domain.egress;
  const chosen = input.allowLists.map((name) => {
    const list = allowLists.find((each) => each.name === name);
    if (list === undefined) throw invalid('allowLists', `there is no allow-list "${name}"`);
    return { list: list.name, names: [...list.names], ports: [...list.ports] };
  });
  const own = { list: null, names: input.names, ports: input.ports };
  if (own.names.length === 0 && chosen.length === 0) {
    throw invalid('names', 'name at least one destination, or choose an allow-list');
  }
  if (own.names.length > 0 && own.ports.length === 0) throw invalid('ports', 'name at least one');
  return own.names.length === 0 ? chosen : [...chosen, own];
}

function invalid(field: string, why: string): StrongroomError {
  return new StrongroomError('InvalidRequest', `Cannot use the request: ${field}: ${why}`, {
    values: { field },
  });
}
