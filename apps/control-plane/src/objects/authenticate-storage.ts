import type { Domain } from '@strongroom/domain';
import { domainArns } from '@strongroom/domain';
import type { CredentialProblem, FoundCredentials, S3Connection } from '@strongroom/object-store';
import type { People } from '../identity/people.ts';
import {
  outsideAppId,
  type TemporaryCredentials,
} from '../network/credentials/temporary-credentials.ts';
import type { WhoConnects } from './s3-endpoint.ts';
import type { StoragePrincipal } from './storage-principal.ts';

interface Asked {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly connection: S3Connection;
}

/**
 * Whose credentials a request is signed with. A studio's are good on connections from that very
 * studio; those for outside are good on the outer endpoint alone.
 */
export function createAuthenticateStorage(options: {
  readonly domain: () => Domain;
  readonly people: Pick<People, 'find'>;
  readonly credentials: Pick<TemporaryCredentials, 'find'>;
}): (asked: Asked) => Promise<FoundCredentials<StoragePrincipal> | CredentialProblem> {
  const { domain, people, credentials } = options;
  return async ({ accessKeyId, sessionToken, connection }) => {
    const found = await credentials.find(accessKeyId, sessionToken ?? '');
    if (found === 'InvalidClientTokenId') return 'InvalidAccessKeyId';
    if (found === 'ExpiredToken') return 'ExpiredToken';
    const { profileName, appId, secretAccessKey } = found;
    const who = connection.who as WhoConnects;
    const account = domain().domain.accountId;
    const arns = domainArns(domain());
    if (who.kind === 'studio') {
      if (who.studio.profileName !== profileName || who.studio.appId !== appId) {
        return 'AccessDenied';
      }
      const acting = { kind: 'execution-role', profileName } as const;
      const arn = arns.executionRoleSession(profileName);
      return { secretAccessKey, principal: { arn, account, acting } };
    }
    if (appId !== outsideAppId) return 'AccessDenied';
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) return 'InvalidAccessKeyId';
    const arn = arns.roleSession(person.role, profileName);
    return { secretAccessKey, principal: { arn, account, acting: { kind: 'person', person } } };
  };
}
