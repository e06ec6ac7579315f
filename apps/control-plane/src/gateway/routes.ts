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
  /** The buckets that its notebooks may list. */
  | { readonly kind: 'buckets' }
  /** One level of a bucket. */
  | { readonly kind: 'bucket-folder'; readonly bucket: string }
  /** One object: read, written or deleted. Its key is in the query, where any name can stand. */
  | { readonly kind: 'bucket-object'; readonly bucket: string }
  /** What the owner may choose from when they share a notebook. */
  | { readonly kind: 'share-choices' }
  /** A notebook is looked through before it is shared. */
  | { readonly kind: 'share-check' }
  /** The owner's shares: listed, and made. */
  | { readonly kind: 'shares' }
  /** A further version of one. */
  | { readonly kind: 'share-versions'; readonly shareId: string }
  | { readonly kind: 'share-revoke'; readonly shareId: string }
  | { readonly kind: 'share-extend'; readonly shareId: string }
  /** What the owner may choose a kernel from, and what it costs. */
  | { readonly kind: 'compute' }
  /** The picture of an image. */
  | { readonly kind: 'image-icon'; readonly imageName: string }
  /** What runs in this studio, with what it uses. */
  | { readonly kind: 'compute-apps' }
  /** One app of it: ended. */
  | { readonly kind: 'compute-app'; readonly appId: string }
  /** Its idle time is set back. */
  | { readonly kind: 'compute-keep-running'; readonly appId: string }
  /** The owner's jobs: listed, and made. */
  | { readonly kind: 'jobs' }
  | { readonly kind: 'job'; readonly jobId: string }
  | { readonly kind: 'job-log'; readonly jobId: string }
  | { readonly kind: 'job-cancel'; readonly jobId: string }
  /** And what makes them by the clock. */
  | { readonly kind: 'job-schedules' }
  | { readonly kind: 'job-schedule'; readonly jobId: string }
  /** What the owner's month costs so far. */
  | { readonly kind: 'cost' }
  /** Passed to the agent. */
  | { readonly kind: 'agent'; readonly area: AgentArea };

/** Decides the answer's content security policy. */
export type AgentArea = 'api' | 'files' | 'conversion';

export interface LabPage {
  readonly mode: 'multiple-document' | 'single-document';
  readonly workspace: string;
  readonly treePath: string;
}

/** One row of what exists: the router and the matrix of who may what are both made of these. */
export interface StudioRouteRow {
  /** As people read it. */
  readonly name: string;
  readonly pattern: RegExp;
  /** An address that it answers. */
  readonly example: string;
  readonly routeFor: (match: RegExpExecArray) => StudioRoute;
}

/**
 * An allow-list: what is not named here does not exist. The first row that matches answers. Patterns
 * see the path percent-encoded and checked.
 */
export const studioRoutes: readonly StudioRouteRow[] = [
  fixed('/', { kind: 'home' }),
  fixed('/auth', { kind: 'exchange' }),
  fixed('/strongroom/api/studio', { kind: 'studio' }),
  fixed('/strongroom/api/egress', { kind: 'egress' }),
  fixed('/strongroom/api/buckets', { kind: 'buckets' }),
  bucket('', 'bucket-folder'),
  bucket('/object', 'bucket-object', '?key=known.txt'),
  fixed('/strongroom/api/share-choices', { kind: 'share-choices' }),
  fixed('/strongroom/api/share-checks', { kind: 'share-check' }),
  fixed('/strongroom/api/shares', { kind: 'shares' }, '?list=mine'),
  share('versions', 'share-versions'),
  share('revoke', 'share-revoke'),
  share('extend', 'share-extend'),
  fixed('/strongroom/api/compute', { kind: 'compute' }),
  imageIcon(),
  fixed('/strongroom/api/compute/apps', { kind: 'compute-apps' }),
  fixed('/strongroom/api/cost', { kind: 'cost' }),
  fixed('/strongroom/api/jobs', { kind: 'jobs' }),
  job('jobs', '', 'job'),
  job('jobs', '/log', 'job-log'),
  job('jobs', '/cancel', 'job-cancel'),
  fixed('/strongroom/api/job-schedules', { kind: 'job-schedules' }),
  job('job-schedules', '', 'job-schedule'),
  app('', 'compute-app'),
  app('/keep-running', 'compute-keep-running'),
  bundle('/static/lab/', 'static', 'lab.0123456789abcdef.js'),
  bundle('/lab/api/themes/', 'themes', '@strongroom/light/index.css'),
  agent('/api/', 'api', 'contents'),
  agent('/lab/api/', 'api', 'settings'),
  agent('/terminals/', 'api', 'x'),
  agent('/kernelspecs/', 'api', 'python3/logo.png'),
  agent('/files/', 'files', 'notes.txt'),
  agent('/nbconvert/', 'conversion', 'html/notes.ipynb'),
  {
    name: '/lab, /doc, with /workspaces/<name> and /tree/<path>',
    // JupyterLab's own addresses, with an optional workspace and an optional path to open.
    pattern: /^\/(lab|doc)(?:\/workspaces\/([^/]+))?(?:\/tree(?:\/(.*))?)?\/?$/,
    example: '/lab',
    routeFor: ([, mode, workspace, treePath]) => ({
      kind: 'lab',
      page: {
        mode: mode === 'doc' ? 'single-document' : 'multiple-document',
        workspace: decodeURIComponent(workspace ?? 'default'),
        treePath: decodeURIComponent(treePath ?? ''),
      },
    }),
  },
];

export interface StudioWebSocketRow {
  readonly name: string;
  readonly pattern: RegExp;
  readonly example: string;
}

/** The WebSockets that an agent serves. */
export const studioWebSockets: readonly StudioWebSocketRow[] = [
  {
    name: '/api/kernels/<kernel>/channels',
    pattern: /^\/api\/kernels\/[^/]+\/channels$/,
    example: '/api/kernels/x/channels',
  },
  {
    name: '/terminals/websocket/<terminal>',
    pattern: /^\/terminals\/websocket\/[^/]+$/,
    example: '/terminals/websocket/1',
  },
  {
    name: '/api/events/subscribe',
    pattern: /^\/api\/events\/subscribe$/,
    example: '/api/events/subscribe',
  },
];

/** What else than reading a route answers to; the agent decides about what is passed to it. */
export const changingMethods: Readonly<Partial<Record<StudioRoute['kind'], readonly string[]>>> = {
  'bucket-object': ['PUT', 'DELETE'],
  'share-check': ['POST'],
  shares: ['POST'],
  'share-versions': ['POST'],
  'share-revoke': ['POST'],
  'share-extend': ['POST'],
  jobs: ['POST'],
  'job-cancel': ['POST'],
  'job-schedules': ['POST'],
  'job-schedule': ['PUT', 'DELETE'],
  'compute-app': ['DELETE'],
  'compute-keep-running': ['POST'],
};

/** What answers to nothing but these methods: there is nothing to read. */
export const withoutReading: ReadonlySet<StudioRoute['kind']> = new Set([
  ...(['share-check', 'share-versions', 'share-revoke', 'share-extend'] as const),
  ...(['compute-app', 'compute-keep-running', 'job-cancel', 'job-schedule'] as const),
]);

/** `path`: percent-encoded, checked. */
export function routeOf(path: string): StudioRoute | undefined {
  for (const { pattern, routeFor } of studioRoutes) {
    const match = pattern.exec(path);
    if (match !== null) return routeFor(match);
  }
  return undefined;
}

export function isWebSocketPath(path: string): boolean {
  return studioWebSockets.some(({ pattern }) => pattern.test(path));
}

/** What a person opens by an address, so that another site's link may lead there. */
export function isPage(route: StudioRoute): boolean {
  return route.kind === 'home' || route.kind === 'exchange' || route.kind === 'lab';
}

function fixed(path: string, route: StudioRoute, query = ''): StudioRouteRow {
  const pattern = new RegExp(`^${path}$`);
  return { name: path, pattern, example: `${path}${query}`, routeFor: () => route };
}

function share(
  below: string,
  kind: 'share-versions' | 'share-revoke' | 'share-extend',
): StudioRouteRow {
  const prefix = '/strongroom/api/shares';
  return {
    name: `${prefix}/<share>/${below}`,
    pattern: new RegExp(`^${prefix}/([A-Za-z0-9_-]{22})/${below}$`),
    example: `${prefix}/AAAAAAAAAAAAAAAAAAAAAA/${below}`,
    routeFor: ([, shareId = '']) => ({ kind, shareId }),
  };
}

function bucket(
  below: '' | '/object',
  kind: 'bucket-folder' | 'bucket-object',
  query = '',
): StudioRouteRow {
  const prefix = '/strongroom/api/buckets';
  return {
    name: `${prefix}/<bucket>${below}`,
    pattern: new RegExp(`^${prefix}/([a-z0-9][a-z0-9-]{1,61}[a-z0-9])${below}$`),
    example: `${prefix}/research-risk-models${below}${query}`,
    routeFor: ([, name = '']) => ({ kind, bucket: name }),
  };
}

function imageIcon(): StudioRouteRow {
  const prefix = '/strongroom/api/images';
  return {
    name: `${prefix}/<image>/icon`,
    pattern: new RegExp(`^${prefix}/([a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62})/icon$`),
    example: `${prefix}/host-python/icon`,
    routeFor: ([, imageName = '']) => ({ kind: 'image-icon', imageName }),
  };
}

function app(
  below: '' | '/keep-running',
  kind: 'compute-app' | 'compute-keep-running',
): StudioRouteRow {
  const prefix = '/strongroom/api/compute/apps';
  return {
    name: `${prefix}/<app>${below}`,
    pattern: new RegExp(`^${prefix}/([0-9a-f]{32})${below}$`),
    example: `${prefix}/${'a'.repeat(32)}${below}`,
    routeFor: ([, appId = '']) => ({ kind, appId }),
  };
}

function job(
  folder: 'jobs' | 'job-schedules',
  below: '' | '/log' | '/cancel',
  kind: 'job' | 'job-log' | 'job-cancel' | 'job-schedule',
): StudioRouteRow {
  const prefix = `/strongroom/api/${folder}`;
  const name = folder === 'jobs' ? '<job>' : '<schedule>';
  return {
    name: `${prefix}/${name}${below}`,
    pattern: new RegExp(`^${prefix}/([0-9a-f]{32})${below}$`),
    example: `${prefix}/${'a'.repeat(32)}${below}`,
    routeFor: ([, jobId = '']) => ({ kind, jobId }),
  };
}

/** A file of the Lab bundle, in one folder of it. */
function bundle(prefix: string, folder: string, file: string): StudioRouteRow {
  return {
    ...{ name: `${prefix}<file>`, pattern: new RegExp(`^${prefix}(.*)$`) },
    example: `${prefix}${file}`,
    routeFor: ([, path = '']) => ({
      kind: 'bundle',
      file: `${folder}/${decodeURIComponent(path)}`,
    }),
  };
}

function agent(prefix: string, area: AgentArea, path: string): StudioRouteRow {
  return {
    ...{ name: `${prefix}<path>`, pattern: new RegExp(`^${prefix}`), example: `${prefix}${path}` },
    routeFor: () => ({ kind: 'agent', area }),
  };
}
