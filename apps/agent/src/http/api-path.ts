import type { Exchange } from './router.ts';

/**
 * What follows a route's prefix, percent-decoded once, without slashes at its ends. A slash may
 * come encoded, as Jupyter server allows.
 */
export function apiPathOf(exchange: Pick<Exchange, 'request'>, prefix: string): string {
  const [path = ''] = (exchange.request.url ?? '').split(/[?#]/, 1);
  return decodeURIComponent(path.slice(prefix.length)).replace(/^\/+|\/+$/g, '');
}
