import { securityHeaders } from '../http/security-headers.ts';
import type { AgentArea } from './routes.ts';

export interface PolicyContext {
  /** `ws://alice.studio.localhost:8080` */
  readonly webSocketOrigin: string;
  readonly hasTls: boolean;
}

/** On every response of a studio's origin, refusals included; the policy differs by what is shown. */
export function studioHeaders(
  contentSecurityPolicy: string,
  { hasTls }: Pick<PolicyContext, 'hasTls'>,
): Record<string, string> {
  return {
    ...securityHeaders(hasTls),
    'content-security-policy': contentSecurityPolicy,
    // Lab shows a person's HTML files in frames of its own origin.
    'x-frame-options': 'SAMEORIGIN',
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
  if (area === 'api') return "default-src 'none'; frame-ancestors 'none'; sandbox";
  return `${labPolicy(context)}; sandbox allow-scripts`;
}

/** JSON and files of the bundle: nothing in them is a page. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'";
