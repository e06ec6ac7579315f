/** Everything that exists on a studio's origin. */
export type StudioRoute =
  /** `/`: leads to Lab. */
  | { readonly kind: 'home' }
  /** Exchanges a presigned URL for the origin's cookie. */
  | { readonly kind: 'exchange' }
  /** JupyterLab's page. */
  | { readonly kind: 'lab'; readonly page: LabPage }
  /** A file of the Lab bundle, by its path in `apps/lab/dist`. */
  | { readonly kind: 'bundle'; readonly file: string }
  /** Whose studio this is. */
  | { readonly kind: 'studio' }
  /** What it reaches outside at this moment. */
  | { readonly kind: 'egress' }
  /** Passed to the agent. */
  | { readonly kind: 'agent'; readonly area: AgentArea };

/** Decides the answer's content security policy. */
export type AgentArea = 'api' | 'files' | 'conversion';

export interface LabPage {
  readonly mode: 'multiple-document' | 'single-document';
  readonly workspace: string;
  readonly treePath: string;
}

const areaByPrefix: readonly (readonly [string, AgentArea])[] = [
  ['/api/', 'api'],
  ['/lab/api/', 'api'],
  ['/terminals/', 'api'],
  ['/kernelspecs/', 'api'],
  ['/files/', 'files'],
  ['/nbconvert/', 'conversion'],
];

/** JupyterLab's own addresses, with an optional workspace and an optional path to open. */
const labPattern = /^\/(lab|doc)(?:\/workspaces\/([^/]+))?(?:\/tree(?:\/(.*))?)?\/?$/;

/** An allow-list: what is not named here does not exist. `path`: percent-encoded, checked. */
export function routeOf(path: string): StudioRoute | undefined {
  if (path === '/') return { kind: 'home' };
  if (path === '/auth') return { kind: 'exchange' };
  if (path === '/strongroom/api/studio') return { kind: 'studio' };
  if (path === '/strongroom/api/egress') return { kind: 'egress' };
  if (path.startsWith('/static/lab/')) return bundleFile('static', path, '/static/lab/');
  if (path.startsWith('/lab/api/themes/')) return bundleFile('themes', path, '/lab/api/themes/');
  const area = areaByPrefix.find(([prefix]) => path.startsWith(prefix))?.[1];
  if (area !== undefined) return { kind: 'agent', area };
  const lab = labPattern.exec(path);
  if (lab === null) return undefined;
  const [, mode, workspace, treePath] = lab;
  return {
    kind: 'lab',
    page: {
      mode: mode === 'doc' ? 'single-document' : 'multiple-document',
      workspace: decodeURIComponent(workspace ?? 'default'),
      treePath: decodeURIComponent(treePath ?? ''),
    },
  };
}

/** The WebSockets that an agent serves. */
export function isWebSocketPath(path: string): boolean {
  return (
    /^\/api\/kernels\/[^/]+\/channels$/.test(path) ||
    /^\/terminals\/websocket\/[^/]+$/.test(path) ||
    path === '/api/events/subscribe'
  );
}

/** What a person opens by an address, so that another site's link may lead there. */
export function isPage(route: StudioRoute): boolean {
  return route.kind === 'home' || route.kind === 'exchange' || route.kind === 'lab';
}

function bundleFile(folder: string, path: string, prefix: string): StudioRoute {
  return { kind: 'bundle', file: `${folder}/${decodeURIComponent(path.slice(prefix.length))}` };
}
