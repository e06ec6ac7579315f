import { repositoryNameSchema } from '@strongroom/contracts';

export type GitServiceName = 'git-upload-pack' | 'git-receive-pack';

/** What a request of Git's smart HTTP protocol, or of Git LFS, is for (gitprotocol-http(5)). */
export type GitTarget =
  | {
      readonly kind: 'advertise' | 'rpc';
      readonly repository: string;
      readonly service: GitServiceName;
    }
  | { readonly kind: 'lfs'; readonly repository: string; readonly path: string };

export type GitTargetProblem = 'NotFound' | 'DumbProtocol' | 'MethodNotAllowed';

export const repositoriesPath = '/v1/repos/';
/** Nothing is decoded: no name that is allowed needs a percent sign, and no other path is served. */
const targetPattern = /^\/v1\/repos\/([A-Za-z0-9._-]{1,104})\/(.+)$/;
const lfsPrefix = 'info/lfs/';

export function parseGitTarget(
  method: string,
  url: string,
): GitTarget | { readonly problem: GitTargetProblem } {
  const [path = '', ...afterPath] = url.split('?');
  const query = afterPath.join('?');
  const [, written = '', rest = ''] = targetPattern.exec(path) ?? [];
  const repository = written.replace(/\.git$/, '');
  if (!repositoryNameSchema.safeParse(repository).success) return { problem: 'NotFound' };
  if (rest.startsWith(lfsPrefix)) {
    return { kind: 'lfs', repository, path: rest.slice(lfsPrefix.length) };
  }
  if (rest === 'info/refs') return parseAdvertisement(method, repository, query);
  if (rest === 'git-upload-pack' || rest === 'git-receive-pack') {
    if (method !== 'POST') return { problem: 'MethodNotAllowed' };
    return query === '' ? { kind: 'rpc', repository, service: rest } : { problem: 'NotFound' };
  }
  const isDumb = rest === 'HEAD' || rest.startsWith('objects/') || rest.startsWith('info/');
  return { problem: isDumb ? 'DumbProtocol' : 'NotFound' };
}

function parseAdvertisement(
  method: string,
  repository: string,
  query: string,
): GitTarget | { readonly problem: GitTargetProblem } {
  if (method !== 'GET') return { problem: 'MethodNotAllowed' };
  const service = query.replace(/^service=/, '');
  if (query.startsWith('service=') && isService(service)) {
    return { kind: 'advertise', repository, service };
  }
  return { problem: 'DumbProtocol' };
}

function isService(name: string): name is GitServiceName {
  return name === 'git-upload-pack' || name === 'git-receive-pack';
}
