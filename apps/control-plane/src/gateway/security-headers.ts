import type { AgentArea } from './routes.ts';

export interface PolicyContext {
  /** `ws://alice.studio.localhost:8080` */
  readonly webSocketOrigin: string;
  readonly hasTls: boolean;
}

/** What is not named stays off, for outputs too. */
const permissionsPolicy = [
  'accelerometer',
  'bluetooth',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** On every response of a studio's origin, refusals included; the policy differs by what is shown. */
export function securityHeaders(
  contentSecurityPolicy: string,
  { hasTls }: Pick<PolicyContext, 'hasTls'>,
): Record<string, string> {
  return {
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'cache-control': 'no-store',
    ...(hasTls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}

/**
 * Lab's page. No address outside this origin is allowed for anything, so an output cannot carry data
 * out. `unsafe-eval`: Lab's settings validator compiles its schemas. `unsafe-inline` for styles only:
 * widgets and outputs set them.
 */
export function labPolicy({ webSocketOrigin }: Pick<PolicyContext, 'webSocketOrigin'>): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    `connect-src 'self' ${webSocketOrigin}`,
    "frame-src 'self' blob: data:",
    "object-src 'self' blob:",
    "worker-src 'self' blob:",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/**
 * What the agent answers is data, or a person's file: opened in the browser by itself it is shown in
 * an origin of its own (`sandbox`), away from this one's requests and cookie.
 */
export function agentPolicy(area: AgentArea, context: PolicyContext): string {
  switch (area) {
    case 'api':
      return "default-src 'none'; frame-ancestors 'none'; sandbox";
    case 'files':
      return `${labPolicy(context)}; sandbox allow-scripts`;
    case 'conversion':
      return `${labPolicy(context)}; sandbox allow-scripts`;
  }
}

/** JSON and files of the bundle: nothing in them is a page. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
