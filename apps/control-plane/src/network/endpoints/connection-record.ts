import type { Clock } from '../../clock.ts';
import { ConnectionFlow } from '../flows/connection-flow.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import type { StudioConnection } from '../studio-connection.ts';

/** A name that goes into a log is a host name, or none. */
const hostNamePattern = /^[a-z0-9_.-]{1,253}$/;

/** Writes down what comes of a connection to an endpoint: refused, unless `accept` is called. */
export function recordConnection(
  connection: StudioConnection,
  options: { readonly service: string; readonly flowLog: FlowLog; readonly clock: Clock },
): { accept(): void; setName(name: string): void } {
  const { service } = options;
  const flow = new ConnectionFlow(
    connection,
    { rule: `endpoint/${service}`, endpoint: service },
    options,
  );
  return {
    accept() {
      void flow.accept();
    },
    setName(name) {
      if (hostNamePattern.test(name)) flow.tell({ name });
    },
  };
}
