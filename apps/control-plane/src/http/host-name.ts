import { isIP } from 'node:net';
import { type ProfileName, profileNameSchema } from '@strongroom/contracts';
import type { Origins } from './origins.ts';

/** Which of our origins a request is for. */
export type RequestedHost =
  | { readonly kind: 'console' }
  | { readonly kind: 'viewer' }
  | { readonly kind: 'studio'; readonly profileName: ProfileName }
  /** `localhost` or an address, as somebody types who does not know the console's name. */
  | { readonly kind: 'bare' }
  | { readonly kind: 'unknown' };

/**
 * Compares the whole `Host` header, port included: a name that somebody else's DNS points at this
 * machine (DNS rebinding) is none of ours.
 */
export function requestedHost(header: string | undefined, origins: Origins): RequestedHost {
  const host = (header ?? '').toLowerCase();
  if (host === origins.consoleHost) return { kind: 'console' };
  if (host === origins.viewerHost) return { kind: 'viewer' };
  const end = `.${origins.studioHostEnd}`;
  if (host.endsWith(end)) {
    const name = profileNameSchema.safeParse(host.slice(0, -end.length));
    return name.success ? { kind: 'studio', profileName: name.data } : { kind: 'unknown' };
  }
  return isBare(host) ? { kind: 'bare' } : { kind: 'unknown' };
}

function isBare(host: string): boolean {
  const name = host.replace(/:\d{1,5}$/, '');
  return name === 'localhost' || isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
}
