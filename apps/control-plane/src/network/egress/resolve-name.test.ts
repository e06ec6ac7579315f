import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, encode } from 'dns-packet';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveByMachine, resolveWith } from './resolve-name.ts';

let folder: string;
let hostsPath: string;
let nameServer: Socket;
let servers: string[];
/** What the name server knows; of anything else it keeps silent. */
const known = new Map<string, { A?: string; AAAA?: string }>();
let askedCount: number;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-resolve-'));
  hostsPath = join(folder, 'hosts');
  await writeFile(hostsPath, '# a remark\n203.0.113.5 mirror.example Mirror # ours\n\n');
  known.clear();
  askedCount = 0;
  nameServer = createSocket('udp4');
  nameServer.on('message', (message, { port, address }) => {
    askedCount += 1;
    const answer = answerTo(message);
    if (answer !== undefined) nameServer.send(answer, port, address);
  });
  nameServer.bind(0, '127.0.0.1');
  await once(nameServer, 'listening');
  servers = [`127.0.0.1:${nameServer.address().port}`];
});
afterEach(async () => {
  nameServer.close();
  await rm(folder, { recursive: true });
});

function answerTo(message: Buffer): Buffer | undefined {
  const query = decode(message);
  const [question] = query.questions ?? [];
  const entry = known.get(question?.name ?? '');
  if (question === undefined || entry === undefined) return undefined;
  const { name, type } = question;
  const data = type === 'A' || type === 'AAAA' ? entry[type] : undefined;
  return encode({
    ...{ type: 'response', id: query.id ?? 0, questions: [question] },
    answers: data === undefined ? [] : [{ name, type: type as 'A', ttl: 5, data }],
  });
}

const resolve = (tryMilliseconds = 1_000) =>
  resolveByMachine({ hostsPath, servers, tryMilliseconds });

describe('a name of the outside', () => {
  it('has the addresses of both families that the name servers give', async () => {
    known.set('both.example', { A: '198.51.100.7', AAAA: '2001:db8::7' });
    expect(await resolve()('both.example')).toEqual(['198.51.100.7', '2001:db8::7']);
    known.set('one.example', { A: '198.51.100.8' });
    expect(await resolve()('one.example')).toEqual(['198.51.100.8']);
  });

  it('has the address of the hosts file before any other', async () => {
    known.set('mirror.example', { A: '198.51.100.9' });
    expect(await resolve()('mirror.example')).toEqual(['203.0.113.5']);
    expect(await resolve()('mirror')).toEqual(['203.0.113.5']);
    expect(askedCount).toBe(0);
  });

  it('has the address of the domain file before the hosts file', async () => {
    const fixed = [{ name: 'mirror.example', address: '203.0.113.6' }];
    expect(await resolveWith(fixed, resolve())('mirror.example')).toEqual(['203.0.113.6']);
  });

  it('is given up where no name server answers', async () => {
    await expect(resolve(50)('silent.example')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect(askedCount).toBeGreaterThanOrEqual(2);
  });

  it('is given up where there is none', async () => {
    known.set('empty.example', {});
    await expect(resolve()('empty.example')).rejects.toMatchObject({ code: 'ENODATA' });
  });
});
