import type { HostInspection } from './host-setup.ts';

/** Tries every control on this host. (Not finished.) */
export async function inspectHost(): Promise<HostInspection> {
  return { setup: undefined, controls: [] };
}
