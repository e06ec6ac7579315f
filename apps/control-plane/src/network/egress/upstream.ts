import { connect, isIP, type Socket } from 'node:net';
import type { ResolveName } from './resolve-name.ts';
import { UpstreamError } from './upstream-error.ts';

export interface UpstreamOptions {
  readonly resolve: ResolveName;
  /** The gate may connect to this address. */
  readonly isReachable: (address: string) => boolean;
  readonly connectMilliseconds: number;
}

/**
 * Connects to a name. INVARIANT: the address that is connected to is one that was judged: the name is
 * resolved once, so it cannot mean something else a moment later (DNS rebinding). One forbidden
 * address among several forbids the name: whoever answers for it means no good.
 *
 * @throws {UpstreamError}
 */
export async function connectUpstream(
  { name, port }: { readonly name: string; readonly port: number },
  { resolve, isReachable, connectMilliseconds }: UpstreamOptions,
): Promise<Socket> {
  const addresses = isIP(name) === 0 ? await resolveAll(name, resolve) : [name];
  const forbidden = addresses.find((address) => !isReachable(address));
  if (forbidden !== undefined) {
    throw new UpstreamError(
      'AddressForbidden',
      `Cannot connect to ${name}: ${forbidden} is not public`,
    );
  }
  let failure: unknown;
  for (const address of addresses.slice(0, maximumTriedCount)) {
    try {
      return await connectTo(address, port, connectMilliseconds);
    } catch (error) {
      failure = error;
    }
  }
  throw new UpstreamError('Unreachable', `Cannot connect to ${name}`, { cause: failure });
}

const maximumTriedCount = 4;

async function resolveAll(name: string, resolve: ResolveName): Promise<readonly string[]> {
  try {
    const addresses = await resolve(name);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    throw new UpstreamError('NameUnknown', `Cannot find an address of ${name}`, { cause: error });
  }
  throw new UpstreamError('NameUnknown', `Cannot find an address of ${name}`);
}

function connectTo(host: string, port: number, milliseconds: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true });
    const giveUp = (error: Error) => {
      clearTimeout(timer);
      socket.destroy();
      reject(error);
    };
    const timer = setTimeout(() => giveUp(new Error('It took too long')), milliseconds);
    socket.once('error', giveUp);
    socket.once('connect', () => {
      clearTimeout(timer);
      socket.off('error', giveUp);
      resolve(socket);
    });
  });
}
