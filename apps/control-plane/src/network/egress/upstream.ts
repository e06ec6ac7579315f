import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { type AddressRules, isReachableAddress } from './reachable-address.ts';

/** All addresses of a name. */
export type ResolveName = (name: string) => Promise<readonly string[]>;

export const resolveByHost: ResolveName = async (name) => {
  const found = await lookup(name, { all: true });
  return found.map(({ address }) => address);
};

/** The machine's resolver, but for the names that the domain file gives addresses to. */
export function resolveWith(
  fixed: readonly { readonly name: string; readonly address: string }[],
): ResolveName {
  return async (name) => {
    const known = fixed.filter((each) => each.name === name);
    return known.length > 0 ? known.map(({ address }) => address) : resolveByHost(name);
  };
}

export type UpstreamErrorCode = 'NameUnknown' | 'AddressForbidden' | 'Unreachable';

export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly code: UpstreamErrorCode;

  constructor(code: UpstreamErrorCode, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export interface UpstreamOptions {
  readonly resolve: ResolveName;
  readonly addressRules: AddressRules;
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
  { resolve, addressRules, connectMilliseconds }: UpstreamOptions,
): Promise<Socket> {
  const addresses = isIP(name) === 0 ? await resolveAll(name, resolve) : [name];
  const forbidden = addresses.find((address) => !isReachableAddress(address, addressRules));
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
