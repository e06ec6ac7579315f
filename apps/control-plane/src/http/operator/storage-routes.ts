import {
  type OutsideCredentials,
  outsideCredentialsRequestSchema,
  type ProfileName,
  type ScrubReport,
  StrongroomError,
} from '@strongroom/contracts';
import type { ScrubResult } from '@strongroom/object-store';
import type { People } from '../../identity/people.ts';
import type { TemporaryCredentials } from '../../network/credentials/temporary-credentials.ts';
import { parse } from '../console/parse-request.ts';
import type { OperatorRoute } from './operator-socket.ts';

export interface StorageServices {
  readonly people: Pick<People, 'find'>;
  readonly credentials: Pick<TemporaryCredentials, 'issueForOutside'>;
  /** `undefined`: the domain file names no outer endpoint. */
  readonly outerUrl: string | undefined;
  readonly region: string;
  readonly trustBundlePath: string;
  readonly audit: {
    outsideCredentialsIssued(
      profileName: ProfileName,
      fields: { lifetimeHours: number; reference: string },
    ): Promise<void>;
  };
  readonly scrub: () => Promise<ScrubResult>;
}

/** `strongroom credentials` and `strongroom storage`. */
export function storageRoutes(services: StorageServices): OperatorRoute[] {
  const { people, credentials, outerUrl, region, trustBundlePath, audit } = services;
  return [
    {
      pattern: /^POST \/credentials$/,
      async answer({ body, reference }): Promise<OutsideCredentials> {
        const { profileName, lifetimeHours } = parse(body, outsideCredentialsRequestSchema);
        if (outerUrl === undefined) {
          throw new StrongroomError(
            'InvalidRequest',
            'Cannot make credentials for outside: the domain file has no objects.listen',
          );
        }
        const person = await people.find(profileName);
        if (person === undefined || person.disabled) {
          throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`);
        }
        await audit.outsideCredentialsIssued(profileName, { lifetimeHours, reference });
        const made = await credentials.issueForOutside(profileName, { lifetimeHours });
        const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = made;
        return {
          ...{ accessKeyId, secretAccessKey, sessionToken, expiresAt: expiresAt.toISOString() },
          ...{ endpointUrl: outerUrl, region, trustBundlePath },
        };
      },
    },
    {
      pattern: /^POST \/storage\/scrub$/,
      async answer(): Promise<ScrubReport> {
        const { problems, ...counts } = await services.scrub();
        return { ...counts, problems: problems.map((each) => ({ ...each })) };
      },
    },
  ];
}
