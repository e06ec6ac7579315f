import type { Origins } from '../origins.ts';

/** What neither a notebook nor its outputs are given, wherever the frame stands. */
const unusedFeatures = [
  ...[
    'accelerometer',
    'autoplay',
    'camera',
    'clipboard-read',
    'clipboard-write',
    'display-capture',
  ],
  ...[
    'encrypted-media',
    'fullscreen',
    'gamepad',
    'geolocation',
    'gyroscope',
    'hid',
    'idle-detection',
  ],
  ...['keyboard-map', 'local-fonts', 'magnetometer', 'microphone', 'midi', 'payment'],
  ...[
    'picture-in-picture',
    'publickey-credentials-get',
    'screen-wake-lock',
    'serial',
    'storage-access',
  ],
  ...['usb', 'window-management', 'xr-spatial-tracking'],
];

/**
 * On all that the viewer's origin serves. An opaque origin is cross-origin to everything, the host that
 * its own document came from included, so its scripts and fonts are given to every origin. They are
 * the same for everybody and are not secret; no credentials are allowed with them.
 */
export const viewerFileHeaders: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'permissions-policy': unusedFeatures.map((feature) => `${feature}=()`).join(', '),
  'x-dns-prefetch-control': 'off',
};

/**
 * The document that renders a notebook. It runs our files alone: whatever of a notebook's HTML got past
 * the sanitiser runs nothing, loads nothing and goes nowhere. The sandbox makes its origin opaque in
 * whatever way it is opened. Modals: to print. Popups: links that a person follows, opened without a
 * way back; the frames of outputs inherit the sandbox and take both away.
 */
export function frameContentSecurityPolicy({ viewer, console }: Origins): string {
  return [
    "default-src 'none'",
    `script-src ${viewer}/assets/`,
    `style-src ${viewer}/assets/ 'unsafe-inline'`,
    'img-src data: blob:',
    'media-src data: blob:',
    `font-src ${viewer}/assets/ data:`,
    "connect-src 'none'",
    `frame-src ${viewer}/output`,
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${console}`,
    'sandbox allow-scripts allow-modals allow-popups allow-popups-to-escape-sandbox',
  ].join('; ');
}

/**
 * The document that runs the scripts of one output, which are somebody else's: everything that stays
 * inside it is allowed, and no way to any other place. Its only ancestor that could be named, the
 * frame, has an opaque origin, which `frame-ancestors` cannot say: so whoever wants may embed it, and
 * has an empty document without cookies.
 */
export function outputContentSecurityPolicy({ viewer }: Origins): string {
  return [
    "default-src 'none'",
    `script-src ${viewer}/assets/ 'unsafe-inline' 'unsafe-eval'`,
    `style-src ${viewer}/assets/ 'unsafe-inline'`,
    'img-src data: blob:',
    'media-src data: blob:',
    `font-src ${viewer}/assets/ data:`,
    "connect-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
    'sandbox allow-scripts',
    // See `closeWaysOut` in apps/viewer.
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ');
}
