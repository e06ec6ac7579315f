import type { AuditLog } from '../../audit/audit-log.ts';
import type { Clock } from '../../clock.ts';
import type { People } from '../../identity/people.ts';
import { networkAddresses } from '../../network/addresses.ts';
import type { TemporaryCredentials } from '../../network/credentials/temporary-credentials.ts';
import type { Endpoint } from '../../network/endpoints/endpoint.ts';
import type { StudioOnNetwork } from '../../network/studio-connection.ts';
import { newReference } from '../../studios/reference.ts';
import { basicCredentials } from './basic-credentials.ts';
import { sendGitRefusal } from './git-refusal.ts';
import type { GitService } from './git-service.ts';
import { repositoriesPath } from './git-target.ts';
import { type GitSignatureProblem, verifyGitSignature } from './verify-git-signature.ts';

export interface GitEndpointOptions {
  readonly region: string;
  readonly service: Pick<GitService, 'handle'>;
  readonly credentials: Pick<TemporaryCredentials, 'find'>;
  readonly people: Pick<People, 'find'>;
  readonly audit: Pick<AuditLog, 'repositoryRefused'>;
  readonly clock: Clock;
}

const challenge = { 'www-authenticate': 'Basic realm="CodeCommit"' };
const hourMilliseconds = 60 * 60 * 1000;

/** CodeCommit's own name, for which its credential helpers sign. */
export function gitHostName(region: string): string {
  return `git-codecommit.${region}.amazonaws.com`;
}

/** Git inside the studios' networks. Who asks is known from the connection and proved by a signature. */
export function gitEndpoint(options: GitEndpointOptions): Endpoint {
  const { region, service, people, audit } = options;
  const hostName = gitHostName(region);
  return {
    service: 'git',
    address: networkAddresses.endpoints.git,
    hostNames: [hostName],
    async handle(request, response, studio) {
      const { authorization } = request.headers;
      const problem = await authenticate(options, { authorization, url: request.url, studio });
      const actor = {
        ...{ profileName: studio.profileName, remoteAddress: studio.address },
        reference: newReference(),
      };
      if (problem !== undefined) {
        if (problem !== 'NoCredentials') {
          const rule = `git-credentials-${problem}`;
          const refused = { target: '*', action: 'sign-in', rule, from: 'studio' } as const;
          await audit.repositoryRefused(actor, refused).catch(() => undefined);
        }
        const isForeign = problem === 'OtherStudio';
        sendGitRefusal(request, response, {
          status: isForeign ? 403 : 401,
          text: texts[problem],
          headers: isForeign ? {} : challenge,
        });
        return;
      }
      const person = await people.find(studio.profileName);
      await service.handle(request, response, {
        ...{ profileName: studio.profileName, from: 'studio', permission: 'read-write', actor },
        language: person?.language ?? 'en',
      });
    },
    // A push may take as long as it moves; one that does not is cut by the idle deadline.
    limits: { bodyMilliseconds: 12 * hourMilliseconds },
  };
}

type Problem = GitSignatureProblem | 'NoCredentials';

async function authenticate(
  { region, credentials, clock }: GitEndpointOptions,
  {
    authorization,
    url = '',
    studio,
  }: {
    readonly authorization: string | undefined;
    readonly url: string | undefined;
    readonly studio: StudioOnNetwork;
  },
): Promise<Problem | undefined> {
  const given = basicCredentials(authorization);
  if (given === undefined) return 'NoCredentials';
  const hostName = gitHostName(region);
  const asked = { ...given, hostName, paths: signedPaths(url), region, studio };
  return verifyGitSignature(asked, { credentials, clock });
}

/** Git signs the address that it was given; Git LFS adds to it, with `.git` where that is missing. */
function signedPaths(url: string): string[] {
  const [name = ''] = url.slice(repositoriesPath.length).split(/[/?]/);
  const plain = `${repositoriesPath}${name.replace(/\.git$/, '')}`;
  return [plain, `${plain}.git`].flatMap((path) => [
    ...[path, `${path}/`, `${path}/info/lfs`],
    ...[`${path}/info/lfs/objects/batch`, `${path}/info/lfs/locks/verify`],
  ]);
}

const texts: Readonly<Record<Problem, string>> = {
  NoCredentials:
    'Sign with the credentials of this studio. 이 스튜디오의 자격 증명으로 서명하세요.',
  MalformedCredentials:
    "These are not CodeCommit's credentials: the credential helper makes them. CodeCommit 형식의 자격 증명이 아닙니다. 자격 증명 도우미를 사용하세요.",
  UnknownCredentials: 'These credentials are not known. 알 수 없는 자격 증명입니다.',
  ExpiredCredentials: 'These credentials have expired. 만료된 자격 증명입니다.',
  SignatureExpired: 'This signature is too old. 서명이 너무 오래되었습니다.',
  SignatureMismatch:
    'This signature does not fit the repository. 서명이 이 리포지토리와 맞지 않습니다.',
  OtherStudio:
    'These credentials are bound to the network they were given to, and this is another. 이 자격 증명은 발급된 네트워크에서만 쓸 수 있는데, 이곳은 다른 네트워크입니다.',
};
