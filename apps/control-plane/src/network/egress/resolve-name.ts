import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';

/** All addresses of a name. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export interface ResolveOptions {
  readonly hostsPath?: string;
  /** For tests; the machine's own otherwise (resolv.conf). */
  readonly servers?: readonly string[];
  readonly tryMilliseconds?: number;
}

const tryCount = 2;

/**
 * The machine's hosts file, then its name servers. Not getaddrinfo(3), which occupies one of four
 * threads that files are written by too, for as long as a name server keeps silent.
 */
export function resolveByMachine(options: ResolveOptions = {}): ResolveName {
  const { hostsPath = '/etc/hosts', servers, tryMilliseconds = 2_000 } = options;
  return async (name) => {
    const known = await inHostsFile(hostsPath, name);
    if (known.length > 0) return known;
    // A new one each time, since name servers may be others by now.
    const resolver = new Resolver({ timeout: tryMilliseconds, tries: tryCount });
    if (servers !== undefined) resolver.setServers(servers);
    const found = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
    const addresses = found.flatMap((each) => (each.status === 'fulfilled' ? each.value : []));
    const [failure] = found.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    if (addresses.length === 0 && failure !== undefined) throw failure;
    return addresses;
  };
}

/** Resolves as `next`, but for the names that the domain file gives addresses to. */
export function resolveWith(
  fixed: readonly { readonly name: string; readonly address: string }[],
  next: ResolveName = resolveByMachine(),
): ResolveName {
  return async (name) => {
    const known = fixed.filter((each) => each.name === name);
    return known.length > 0 ? known.map(({ address }) => address) : next(name);
  };
}

/** hosts(5); `localhost` is there on every machine. */
async function inHostsFile(path: string, name: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    const isNamed = names.some((each) => each.toLowerCase() === name);
    return isNamed && isIP(address) !== 0 ? [address] : [];
  });
}
