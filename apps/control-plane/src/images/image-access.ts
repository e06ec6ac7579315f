import type { Domain } from '@strongroom/domain';
import { systemInstanceType } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';
import type { Authorize } from '../policies/access-request.ts';
import { kernelAppName } from '../studios/app-name.ts';

/**
 * Whether a person could start a kernel of this image on any of the domain's sizes: both they and the
 * role that their notebooks act as must be allowed to. Decided again at each start.
 */
export function mayUseImage(
  { authorize, domain }: { readonly authorize: Authorize; readonly domain: Domain },
  person: Person,
  imageName: string,
): boolean {
  return domain.instanceTypes
    .filter(({ instanceType }) => instanceType !== systemInstanceType)
    .some(({ instanceType }) => {
      const appName = kernelAppName(imageName, instanceType, unusedAppId);
      const question = {
        principal: person,
        action: 'sagemaker:CreateApp',
        resource: person.profileName,
        app: { appType: 'KernelGateway', appName },
        ...{ instanceType, imageName },
      } as const;
      return (
        authorize({ ...question, actingAs: 'person' }).allowed &&
        authorize({ ...question, actingAs: 'execution-role' }).allowed
      );
    });
}

/** An app's name ends with part of its id; no policy can know it beforehand. */
const unusedAppId = '0'.repeat(32);
