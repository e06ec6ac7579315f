import { connect, isIP, type Socket } from 'node:net';
import type { ResolveName } from './resolve-name.ts';
import { UpstreamError } from './upstream-error.ts';

/** A connection to a server outside. What it says is held until somebody takes it. */
export interface Upstream {
  readonly socket: Socket;
  /** Passes on what the server says, no faster than the client takes it; nothing is said before. */
  flowTo(client: Socket): void;
}

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
): Promise<Upstream> {
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

/** Read at once; several times what a stream reads, because each turn has its price. */
const readBytes = 256 * 1024;

function connectTo(host: string, port: number, milliseconds: number): Promise<Upstream> {
  return new Promise((resolve, reject) => {
    const { onread, flowInto } = createFlow();
    const socket = connect({ host, port, allowHalfOpen: true, noDelay: true, onread });
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
      resolve({ socket, flowTo: (client) => flowInto(socket, client) });
    });
  });
}

/**
 * One buffer for all that is read. INVARIANT: nothing is read into it while the client has not taken
 * what it holds.
 */
function createFlow() {
  let held: Buffer | undefined;
  let pass: ((chunk: Buffer) => boolean) | undefined;
  return {
    onread: {
      buffer: Buffer.allocUnsafeSlow(readBytes),
      callback(count: number, buffer: Uint8Array): boolean {
        const chunk = Buffer.from(buffer.buffer, buffer.byteOffset, count);
        if (pass !== undefined) return pass(chunk);
        held = Buffer.from(chunk);
        return false;
      },
    },
    flowInto(socket: Socket, client: Socket): void {
      let isWaiting = false;
      const taken = () => {
        if (!isWaiting) return;
        isWaiting = false;
        socket.resume();
      };
      pass = (chunk) => {
        client.write(chunk, taken);
        isWaiting = client.writableLength > 0;
        return !isWaiting;
      };
      if (held === undefined || pass(held)) socket.resume();
      held = undefined;
    },
  };
}
