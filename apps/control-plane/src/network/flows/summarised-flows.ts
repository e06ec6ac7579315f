import type { Clock } from '../../clock.ts';
import { TokenBuckets } from '../../identity/token-buckets.ts';
import type { FlowLog, FlowObservation } from './flow-log.ts';

export interface SummarisedFlowsOptions {
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly limits?: Partial<FlowLimits>;
}

interface FlowLimits {
  /** Records of their own that a studio may have at once; then one for each refill time. */
  readonly recordCount: number;
  readonly refillSeconds: number;
  /** What a studio's summaries tell apart within one interval. */
  readonly summaryCount: number;
}

/** At the most some 250,000 lines, or 200 MB, a studio and day, whatever its programs do. */
const defaultLimits: FlowLimits = { recordCount: 2_000, refillSeconds: 0.5, summaryCount: 48 };
const summaryMilliseconds = 60_000;
/** RFC 1122, section 3.2.1.3, "this host": stands for all destinations beyond those told apart. */
const otherDestinations = { destinationAddress: '0.0.0.0', destinationPort: 0 } as const;

/**
 * Keeps a studio that tries very often from filling the disk, which the audit trail is on too. An
 * attempt has a record of its own as long as the studio keeps to a rate; beyond it those alike (the
 * rule, what came of it, the destination) are counted, and written as one each minute. None is left
 * out of the count.
 */
export class SummarisedFlows implements FlowLog {
  readonly #flowLog: FlowLog;
  readonly #limits: FlowLimits;
  readonly #records: TokenBuckets;
  readonly #summaries = new Map<string, Map<string, FlowObservation>>();
  readonly #timer: NodeJS.Timeout;

  constructor({ flowLog, clock, limits }: SummarisedFlowsOptions) {
    this.#flowLog = flowLog;
    this.#limits = { ...defaultLimits, ...limits };
    const { recordCount, refillSeconds } = this.#limits;
    this.#records = new TokenBuckets({ capacity: recordCount, refillSeconds }, clock);
    this.#timer = setInterval(() => this.writeSummaries(), summaryMilliseconds).unref();
  }

  record(observation: FlowObservation): void {
    const { interfaceId } = observation.studio;
    if (this.#records.waitSeconds(interfaceId) > 0) {
      this.#summarise(observation);
      return;
    }
    this.#records.spend(interfaceId);
    this.#flowLog.record(observation);
  }

  flush(): Promise<void> {
    return this.#flowLog.flush();
  }

  /** What is counted so far, without waiting for the minute's end. */
  writeSummaries(): void {
    for (const ofStudio of this.#summaries.values()) {
      for (const summary of ofStudio.values()) this.#flowLog.record(summary);
    }
    this.#summaries.clear();
  }

  close(): void {
    clearInterval(this.#timer);
    this.writeSummaries();
  }

  #summarise(observation: FlowObservation): void {
    const { interfaceId } = observation.studio;
    const ofStudio = this.#summaries.get(interfaceId) ?? new Map<string, FlowObservation>();
    this.#summaries.set(interfaceId, ofStudio);
    const key = keyOf(observation);
    const isToldApart = ofStudio.has(key) || ofStudio.size < this.#limits.summaryCount;
    const counted = isToldApart ? observation : { ...observation, ...otherDestinations };
    const keyUsed = isToldApart ? key : keyOf(counted);
    ofStudio.set(keyUsed, joined(ofStudio.get(keyUsed), counted));
  }
}

function keyOf(flow: FlowObservation): string {
  const { protocol, action, rule, endpoint, destinationAddress, destinationPort } = flow;
  return JSON.stringify([protocol, action, rule, endpoint, destinationAddress, destinationPort]);
}

function joined(summary: FlowObservation | undefined, flow: FlowObservation): FlowObservation {
  const one = { ...flow, part: 'summary', sourcePort: 0 } as const;
  if (summary === undefined) return one;
  return {
    ...one,
    name: summary.name === flow.name ? flow.name : undefined,
    reachedAddress:
      summary.reachedAddress === flow.reachedAddress ? flow.reachedAddress : undefined,
    attemptCount: summary.attemptCount + flow.attemptCount,
    sentBytes: summary.sentBytes + flow.sentBytes,
    receivedBytes: summary.receivedBytes + flow.receivedBytes,
    startedAt: summary.startedAt,
  };
}
