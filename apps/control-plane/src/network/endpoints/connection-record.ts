import type { Clock } from '../../clock.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import type { StudioConnection } from '../studio-connection.ts';

/** A name that goes into a log is a host name, or none. */
const hostNamePattern = /^[a-z0-9_.-]{1,253}$/;

/** Writes one flow when a connection is over: refused, unless `accept` was called before. */
export function recordConnection(
  connection: StudioConnection,
  options: { readonly service: string; readonly flowLog: FlowLog; readonly clock: Clock },
): { accept(): void; setName(name: string): void } {
  const { studio, socket, destinationAddress, destinationPort, startedAt } = connection;
  const { service, flowLog, clock } = options;
  // Of a socket that is closed already the system tells no port.
  const sourcePort = socket.remotePort ?? 0;
  let action: 'ACCEPT' | 'REJECT' = 'REJECT';
  let name = connection.resolvedName;
  const record = () =>
    flowLog.record({
      ...{ studio, protocol: 'tcp', sourcePort, destinationAddress, destinationPort },
      ...{ action, rule: `endpoint/${service}`, name, endpoint: service },
      reachedAddress: undefined,
      ...{ sentBytes: socket.bytesRead, receivedBytes: socket.bytesWritten },
      ...{ startedAt, endedAt: clock() },
    });
  if (socket.closed) record();
  else socket.once('close', record);
  return {
    accept() {
      action = 'ACCEPT';
    },
    setName(asked) {
      if (hostNamePattern.test(asked)) name = asked;
    },
  };
}
