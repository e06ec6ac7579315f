import type { Clock } from '../../clock.ts';
import type { StudioConnection } from '../studio-connection.ts';
import type { FlowLog, FlowObservation, FlowPart } from './flow-log.ts';

type Details = Partial<Pick<FlowObservation, 'name' | 'rule' | 'endpoint' | 'reachedAddress'>>;

const stretchMilliseconds = 60_000;

/**
 * What one connection writes into the flow log: one record where it is refused; where it is let
 * through one at its start, one each minute and one at its end, so that a control plane that is
 * killed leaves a trace of all that went through it. Each counts the bytes since the one before.
 */
export class ConnectionFlow {
  readonly #connection: StudioConnection;
  readonly #options: { readonly flowLog: FlowLog; readonly clock: Clock };
  /** Of a socket that is closed the system tells no port. */
  readonly #sourcePort: number;
  #details: Details & { readonly rule: string };
  #isAccepted = false;
  #recorded: { sentBytes: number; receivedBytes: number; at: Date };
  #timer: NodeJS.Timeout | undefined;

  /** `details`: of a refusal, unless another is told or `accept` is called. */
  constructor(
    connection: StudioConnection,
    details: Details & { readonly rule: string },
    options: { readonly flowLog: FlowLog; readonly clock: Clock },
  ) {
    const { socket, resolvedName, startedAt } = connection;
    this.#connection = connection;
    this.#options = options;
    this.#sourcePort = socket.remotePort ?? 0;
    this.#details = { name: resolvedName, ...details };
    this.#recorded = { sentBytes: 0, receivedBytes: 0, at: startedAt };
    if (socket.closed) this.#end();
    else socket.once('close', () => this.#end());
  }

  tell(details: Details): void {
    this.#details = { ...this.#details, ...details };
  }

  /** Resolves when the start is written; what is passed on after that is on record whatever comes. */
  async accept(details: Details = {}): Promise<void> {
    this.tell(details);
    if (this.#isAccepted || this.#connection.socket.closed) return;
    this.#isAccepted = true;
    this.#record('start');
    this.#timer = setInterval(() => this.#record('middle'), stretchMilliseconds).unref();
    await this.#options.flowLog.flush();
  }

  #end(): void {
    clearInterval(this.#timer);
    this.#record(this.#isAccepted ? 'end' : 'whole');
  }

  #record(part: FlowPart): void {
    const { studio, socket, destinationAddress, destinationPort } = this.#connection;
    const { name, rule, endpoint, reachedAddress } = this.#details;
    const now = this.#options.clock();
    const before = this.#recorded;
    const [sentBytes, receivedBytes] = [socket.bytesRead, socket.bytesWritten];
    this.#recorded = { sentBytes, receivedBytes, at: now };
    this.#options.flowLog.record({
      ...{ studio, protocol: 'tcp', sourcePort: this.#sourcePort },
      ...{ destinationAddress, destinationPort, name, rule, endpoint, reachedAddress },
      ...{ action: this.#isAccepted ? 'ACCEPT' : 'REJECT', part },
      attemptCount: part === 'whole' || part === 'start' ? 1 : 0,
      sentBytes: sentBytes - before.sentBytes,
      receivedBytes: receivedBytes - before.receivedBytes,
      ...{ startedAt: before.at, endedAt: now },
    });
  }
}
