import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { bucket, writeHeaders } from './bench-bucket.ts';
import { HttpClient, type RepeatedBody } from './http-client.ts';
import { cpuSeconds, ServerProcess } from './server-process.ts';
import { signRequest } from './sign-request.ts';

const repeats = 3;
const body: RepeatedBody = { piece: randomBytes(1024 ** 2), count: 1024 };
const megabytes = body.count;
const sampleMilliseconds = 20;
const settleMilliseconds = 2_000;
const peerName = 'a plain file server in Node.js: fsync, no encryption';

/** One transfer of 1 GiB each way: over HTTP beside the peer, and over TLS. */
export async function measureLargeObject(say: (text: string) => void): Promise<Measure[]> {
  const ours = await ServerProcess.start('storage-program');
  const peer = await ServerProcess.start('plain-file-program');
  const clients = {
    ours: new HttpClient(ours.facts.port),
    peer: new HttpClient(peer.facts.port),
    tls: new HttpClient(ours.facts.tlsPort ?? 0, { isTls: true }),
  };
  try {
    await serveSomethingSmall(ours, clients);
    await delay(settleMilliseconds);
    const idleMegabytes = ours.residentMegabytes();
    const rates = await transferAll(ours, clients, peer, say);
    const mostMegabytes = Math.max(...rates.residentMegabytes);
    const row = (
      measure: string,
      name: keyof Rates,
      peerRates: number[] | null,
      least?: number,
    ): Measure => ({
      ...{ measure, unit: 'MB/s', ours: median(rates[name]) },
      ...{ peer: peerRates && median(peerRates), peerName: peerRates && peerName },
      bound: least === undefined ? null : { kind: 'share', least },
    });
    return [
      row('PUT of 1 GiB, sealed, its body signed (SHA-256)', 'put', rates.peerPut, 0.6),
      row('the same, only its head signed', 'putUnsigned', rates.peerPut),
      row('the same over TLS', 'putTls', rates.peerPut),
      row('GET of 1 GiB', 'get', rates.peerGet, 0.35),
      row('the same over TLS', 'getTls', rates.peerGet),
      {
        ...{ measure: 'server memory in the transfers, above idle', unit: 'MB' },
        ...{ ours: mostMegabytes - idleMegabytes, peer: null, peerName: null },
        bound: { kind: 'value', most: 64 },
      },
    ];
  } finally {
    for (const client of Object.values(clients)) client.close();
    await Promise.all([ours.stop(), peer.stop()]);
  }
}

interface Clients {
  readonly ours: HttpClient;
  readonly peer: HttpClient;
  readonly tls: HttpClient;
}

type Rates = Record<
  'put' | 'putUnsigned' | 'putTls' | 'get' | 'getTls' | 'peerPut' | 'peerGet' | 'residentMegabytes',
  number[]
>;

async function transferAll(
  ours: ServerProcess,
  clients: Clients,
  peer: ServerProcess,
  say: (text: string) => void,
): Promise<Rates> {
  const rates: Rates = {
    ...{ put: [], putUnsigned: [], putTls: [], get: [], getTls: [] },
    ...{ peerPut: [], peerGet: [], residentMegabytes: [] },
  };
  const path = `/${bucket}/large.bin`;
  const { facts } = ours;
  const tlsFacts = { ...facts, port: facts.tlsPort ?? 0 };
  const put = (payloadHash: string, to = facts) =>
    signRequest(to, { method: 'PUT', path, headers: writeHeaders, payloadHash });
  const get = (from = facts) => signRequest(from, { method: 'GET', path, payloadHash: unsigned });
  const sampling = setInterval(() => {
    rates.residentMegabytes.push(ours.residentMegabytes());
  }, sampleMilliseconds);
  const wholeHash = hashOf(body);
  try {
    for (let round = 0; round < repeats; round += 1) {
      const plain = { method: 'PUT', path: '/large.bin' };
      const take = async (
        name: keyof Rates,
        server: ServerProcess,
        work: () => Promise<unknown>,
      ) => {
        const before = await server.figures();
        const startedAt = performance.now();
        await work();
        const seconds = (performance.now() - startedAt) / 1000;
        const { cpuUsage } = await server.figures();
        rates[name].push(megabytes / seconds);
        const cpu = cpuSeconds(before.cpuUsage, cpuUsage).toFixed(2);
        say(
          `${name}: ${Math.round(megabytes / seconds)} MB/s, ${cpu} s of the server's processor time`,
        );
      };
      await take('peerPut', peer, () => clients.peer.send(plain, { body }));
      await take('put', ours, () => clients.ours.send(put(wholeHash), { body }));
      await take('putUnsigned', ours, () => clients.ours.send(put(unsigned), { body }));
      await take('putTls', ours, () => clients.tls.send(put(unsigned, tlsFacts), { body }));
      await take('peerGet', peer, () => clients.peer.send({ ...plain, method: 'GET' }));
      await take('get', ours, () => clients.ours.send(get()));
      await take('getTls', ours, () => clients.tls.send(get(tlsFacts)));
    }
    return rates;
  } finally {
    clearInterval(sampling);
  }
}

const unsigned = 'UNSIGNED-PAYLOAD';

/** So that idle is a server that has compiled and loaded what it works with. */
async function serveSomethingSmall({ facts }: ServerProcess, clients: Clients): Promise<void> {
  const path = `/${bucket}/small.bin`;
  const small: RepeatedBody = { piece: body.piece.subarray(0, 4096), count: 1 };
  const sides = [
    [clients.ours, facts],
    [clients.tls, { ...facts, port: facts.tlsPort ?? 0 }],
  ] as const;
  for (const [client, to] of sides) {
    const headers = writeHeaders;
    const put = signRequest(to, { method: 'PUT', path, headers, payloadHash: unsigned });
    await client.send(put, { body: small });
    await client.send(signRequest(to, { method: 'GET', path, payloadHash: unsigned }));
  }
}

function hashOf({ piece, count }: RepeatedBody): string {
  const hash = createHash('sha256');
  for (let at = 0; at < count; at += 1) hash.update(piece);
  return hash.digest('hex');
}
