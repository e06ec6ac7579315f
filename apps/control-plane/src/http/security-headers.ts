import type { ServerResponse } from 'node:http';

/** Half a year. `includeSubDomains` would speak for hosts that are not ours. */
const strictTransportSecurity = 'max-age=15768000';

const unusedFeatures = [
  'accelerometer',
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
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** On every response of every origin, before anything else is decided. */
export function securityHeaders(hasTls: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'permissions-policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
    'x-permitted-cross-domain-policies': 'none',
    'cache-control': 'no-store',
    // The strictest; each origin replaces it with its own.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-frame-options': 'DENY',
    ...(hasTls ? { 'strict-transport-security': strictTransportSecurity } : {}),
  };
}

export function setHeaders(
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/**
 * The console runs no code but its own files, and shows itself in no frame. The one frame that it shows
 * is the viewer's, which therefore cannot navigate itself to anywhere else.
 */
export function consoleContentSecurityPolicy(viewerOrigin: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    `frame-src ${viewerOrigin}`,
  ].join('; ');
}
