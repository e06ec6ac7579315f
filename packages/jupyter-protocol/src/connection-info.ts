import { ProtocolError } from './protocol-error.ts';

/** The channels that have a socket, in the order of their numbers. */
const socketNumbers = { shell: 1, iopub: 2, stdin: 3, control: 4, heartbeat: 5 } as const;
export type SocketName = keyof typeof socketNumbers;

/** How a client reaches one kernel over unix sockets. */
export interface ConnectionInfo {
  /** The sockets are `<prefix>-1` … `<prefix>-5`. */
  readonly socketPathPrefix: string;
  readonly key: string;
  readonly kernelName: string;
}

/** Linux keeps a unix socket's path in 108 bytes with its final NUL (unix(7)). */
const maximumSocketPathBytes = 107;

/**
 * The text of a connection file with the `ipc` transport: there `ip` is a path's prefix and each
 * port a number after it (messaging protocol, "Connection files"). Throws `SocketPathTooLong`.
 */
export function formatConnectionFile(info: ConnectionInfo): string {
  const longest = Buffer.byteLength(socketPathOf(info, 'shell'));
  if (longest > maximumSocketPathBytes) {
    throw new ProtocolError(
      'SocketPathTooLong',
      `Cannot use the socket path "${info.socketPathPrefix}": ${longest} bytes of ${maximumSocketPathBytes}`,
    );
  }
  return JSON.stringify({
    transport: 'ipc',
    ip: info.socketPathPrefix,
    shell_port: socketNumbers.shell,
    iopub_port: socketNumbers.iopub,
    stdin_port: socketNumbers.stdin,
    control_port: socketNumbers.control,
    hb_port: socketNumbers.heartbeat,
    key: info.key,
    signature_scheme: 'hmac-sha256',
    kernel_name: info.kernelName,
  });
}

export function socketPathOf(info: ConnectionInfo, name: SocketName): string {
  return `${info.socketPathPrefix}-${socketNumbers[name]}`;
}

export function endpointOf(info: ConnectionInfo, name: SocketName): string {
  return `ipc://${socketPathOf(info, name)}`;
}

export function allSocketPaths(info: ConnectionInfo): string[] {
  return (Object.keys(socketNumbers) as SocketName[]).map((name) => socketPathOf(info, name));
}
