import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { decode, encode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { movableClock } from '../../studios/testing/movable-clock.ts';
import { CollectedFlows } from '../testing/collected-flows.ts';
import { testStudio } from '../testing/test-studio.ts';
import { DnsServer } from './dns-server.ts';

let flows: CollectedFlows;
let server: Server;
let accepted: Socket[];
let advance: (milliseconds: number) => void;
let lookupCount: number;
let onLookup: () => void;
const longName = ['a', 'b', 'c'].map((letter) => letter.repeat(60)).join('.');

beforeEach(async () => {
  const { clock, ...movable } = movableClock();
  ({ advance } = movable);
  flows = new CollectedFlows();
  accepted = [];
  lookupCount = 0;
  onLookup = () => undefined;
  const studio = testStudio();
  const dns = new DnsServer({
    ...{ studio, flowLog: flows, clock },
    lookup() {
      lookupCount += 1;
      onLookup();
      return { address: '10.0.1.10', rule: 'dns/endpoint' };
    },
  });
  server = createServer({ pauseOnConnect: true }, (socket) => {
    accepted.push(socket);
    const destination = { destinationAddress: '10.0.0.2', destinationPort: 53 };
    dns.handle({ ...destination, studio, socket, resolvedName: undefined, startedAt: clock() });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  for (const socket of accepted) socket.destroy();
  server.close();
});

async function dial(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  // A connection that was reset is ended; the tests ask for its end.
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

function framedQuestion(name: string): Buffer {
  const message = encode({ type: 'query', id: 7, questions: [{ type: 'A', name }] });
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(message.length);
  return Buffer.concat([prefix, message]);
}

describe('the resolver over TCP', () => {
  it('answers a question that arrives byte by byte, and the one after it', async () => {
    const client = await dial();
    const framed = framedQuestion('a.example');
    for (const byte of framed) client.write(Buffer.from([byte]));
    const [first] = (await once(client, 'data')) as [Buffer];
    expect(first.readUInt16BE(0)).toBe(first.length - 2);
    expect(decode(first.subarray(2)).answers).toMatchObject([{ data: '10.0.1.10' }]);
    client.write(framedQuestion('b.example'));
    await once(client, 'data');
    expect(flows.all).toMatchObject([
      { name: 'a.example', action: 'ACCEPT', protocol: 'tcp' },
      { name: 'b.example', action: 'ACCEPT', protocol: 'tcp' },
    ]);
    client.destroy();
  });

  it('ends a connection whose answers nobody reads, before they fill the memory', async () => {
    const client = await dial();
    client.pause();
    const many = Buffer.concat(Array.from({ length: 500 }, () => framedQuestion(longName)));
    const isOver = () => accepted[0]?.destroyed === true;
    let largest = 0;
    // 50 MB of answers are more than the kernel keeps; the clock grants each batch its questions.
    for (let batch = 1; batch <= 200 && !isOver(); batch += 1) {
      advance(60_000);
      const answered = new Promise<void>((resolve) => {
        onLookup = () => lookupCount >= batch * 500 && resolve();
      });
      const closed = new Promise<void>((resolve) => accepted[0]?.once('close', () => resolve()));
      client.write(many);
      await Promise.race([answered, closed]);
      largest = Math.max(largest, accepted[0]?.writableLength ?? 0);
    }
    expect(isOver()).toBe(true);
    expect(largest).toBeLessThan(128 * 1024);
    client.destroy();
  });

  it.each([
    ['asks nothing', Buffer.alloc(0)],
    ['stops in the middle', framedQuestion('a.example').subarray(0, 9)],
    ['announces more than a question has', Buffer.from([0xff, 0xff, 1, 2, 3])],
  ])('records a connection that %s', async (_, bytes) => {
    const client = await dial();
    client.end(bytes);
    const flow = await flows.until(({ protocol }) => protocol === 'tcp');
    expect(flow).toMatchObject({ action: 'REJECT', rule: 'dns/malformed', destinationPort: 53 });
    expect(flows.all).toHaveLength(1);
  });
});
