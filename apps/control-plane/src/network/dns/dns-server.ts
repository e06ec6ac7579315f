import type { Socket as DatagramSocket, RemoteInfo } from 'node:dgram';
import type { Clock } from '../../clock.ts';
import { TokenBuckets } from '../../identity/token-buckets.ts';
import type { FlowLog } from '../flows/flow-log.ts';
import { plainAddress } from '../plain-address.ts';
import type { HandleConnection, StudioOnNetwork } from '../studio-connection.ts';
import { answerQuery, type Lookup, type QueryAnswer } from './answer-query.ts';
import { FramedMessages, framed } from './framed-messages.ts';

export interface DnsServerOptions {
  readonly studio: StudioOnNetwork;
  readonly lookup: Lookup;
  readonly flowLog: FlowLog;
  readonly clock: Clock;
  readonly rate?: QuestionRate;
}

export interface QuestionRate {
  readonly capacity: number;
  readonly refillSeconds: number;
}

/** More questions than any program's start asks; a tunnel would want many more. */
const defaultRate: QuestionRate = { capacity: 1_000, refillSeconds: 1 / 200 };
const overRunSummaryMilliseconds = 1_000;
const idleMilliseconds = 10_000;
const maximumMessageBytes = 4_096;
/** Answers that wait to be read, beyond what the kernel itself keeps. */
const maximumUnreadBytes = 64 * 1024;
const nothing = Buffer.alloc(0);
const noQuestion: QueryAnswer = {
  ...{ isAnswered: false, name: undefined, rule: 'dns/malformed', response: undefined },
};

interface Asked {
  readonly protocol: 'tcp' | 'udp';
  readonly sourcePort: number;
  readonly destinationAddress: string;
}

/** One studio's resolver, by UDP and by TCP (RFC 7766). */
export class DnsServer {
  readonly #options: DnsServerOptions;
  readonly #questions: TokenBuckets;
  #lastOverRun = 0;

  constructor(options: DnsServerOptions) {
    this.#options = options;
    this.#questions = new TokenBuckets(options.rate ?? defaultRate, options.clock);
  }

  /** Answers from the address that was asked, as a resolver there would. */
  serve(socket: DatagramSocket): void {
    socket.on('message', (message, remote) => this.#answerDatagram(socket, message, remote));
    // An answer that cannot be delivered is the asker's loss.
    socket.on('error', () => undefined);
  }

  handle: HandleConnection = ({ socket, destinationAddress }) => {
    const sourcePort = socket.remotePort ?? 0;
    const asked: Asked = { protocol: 'tcp', sourcePort, destinationAddress };
    const messages = new FramedMessages(maximumMessageBytes);
    let hasAsked = false;
    socket.setTimeout(idleMilliseconds, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    // Every attempt is recorded, also one that never asks.
    socket.once('close', () => {
      if (!hasAsked) this.#record(noQuestion, nothing, asked);
    });
    socket.on('data', (chunk: Buffer) => {
      const read = messages.read(chunk);
      if (read === undefined) return socket.destroy();
      for (const message of read) {
        hasAsked = true;
        const answer = this.#answer(message, asked);
        if (answer === undefined) return socket.destroy();
        socket.write(framed(answer));
        // Whoever asks on and reads nothing is not remembered for ever.
        if (socket.writableLength > maximumUnreadBytes) return socket.destroy();
      }
    });
    // What was asked before the end is answered by then.
    socket.once('end', () => socket.end());
    socket.resume();
  };

  #answerDatagram(socket: DatagramSocket, message: Buffer, remote: RemoteInfo): void {
    // Every address is local in there, so a client's own address is the one it asked, unless it
    // chose another: then the record has that one, and the answer comes from there.
    const destinationAddress = plainAddress(remote.address);
    const asked: Asked = { protocol: 'udp', sourcePort: remote.port, destinationAddress };
    const answer = this.#answer(message, asked);
    if (answer !== undefined) socket.send(answer, remote.port, remote.address, () => undefined);
  }

  #answer(message: Buffer, asked: Asked): Buffer | undefined {
    const { studio, lookup } = this.#options;
    if (this.#questions.waitSeconds(studio.interfaceId) > 0) {
      this.#recordOverRun(message, asked);
      return undefined;
    }
    this.#questions.spend(studio.interfaceId);
    const answered = answerQuery(message, lookup);
    this.#record(answered, message, asked);
    return answered.response;
  }

  #record({ isAnswered, name, rule, response }: QueryAnswer, message: Buffer, asked: Asked): void {
    const { studio, flowLog, clock } = this.#options;
    const now = clock();
    flowLog.record({
      ...{ studio, ...asked, destinationPort: 53, name, rule },
      action: isAnswered ? 'ACCEPT' : 'REJECT',
      ...{ endpoint: undefined, reachedAddress: undefined, part: 'whole', attemptCount: 1 },
      sentBytes: message.length,
      receivedBytes: response?.length ?? 0,
      ...{ startedAt: now, endedAt: now },
    });
  }

  /** One line a second for all that is dropped, or the flood would go on in the log. */
  #recordOverRun(message: Buffer, asked: Asked): void {
    const now = this.#options.clock().getTime();
    if (now - this.#lastOverRun < overRunSummaryMilliseconds) return;
    this.#lastOverRun = now;
    const rule = 'dns/too-many-questions';
    this.#record({ isAnswered: false, name: undefined, rule, response: undefined }, message, asked);
  }
}
