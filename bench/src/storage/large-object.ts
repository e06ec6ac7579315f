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
    const memory = (measure: string, samples: readonly number[], most?: number): Measure => ({
      ...{ measure, unit: 'MB', ours: Math.max(...samples) - idleMegabytes },
      ...{ peer: null, peerName: null },
      bound: most === undefined ? null : { kind: 'value', most },
    });
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
      memory('server memory in the transfers, above idle', rates.residentMegabytes, 64),
      memory('and with those over TLS behind them', rates.residentMegabytesTls),
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
  | 'put'
  | 'putUnsigned'
  | 'putTls'
  | 'get'
  | 'getTls'
  | 'peerPut'
  | 'peerGet'
  | 'residentMegabytes'
  | 'residentMegabytesTls',
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
    ...{ peerPut: [], peerGet: [], residentMegabytes: [], residentMegabytesTls: [] },
  };
  const path = (name: string) => `/${bucket}/${name}`;
  const { facts } = ours;
  const tlsFacts = { ...facts, port: facts.tlsPort ?? 0 };
  const put = (name: string, payloadHash: string, to = facts) =>
    signRequest(to, { method: 'PUT', path: path(name), headers: writeHeaders, payloadHash });
  const ask = (method: 'GET' | 'DELETE', name: string, from = facts) =>
    signRequest(from, { method, path: path(name), payloadHash: unsigned });
  let memory = rates.residentMegabytes;
  const sampling = setInterval(() => {
    memory.push(ours.residentMegabytes());
  }, sampleMilliseconds);
  const take = async (name: keyof Rates, server: ServerProcess, work: () => Promise<unknown>) => {
    const before = await server.figures();
    const startedAt = performance.now();
    await work();
    const rate = (megabytes * 1000) / (performance.now() - startedAt);
    const { cpuUsage } = await server.figures();
    rates[name].push(rate);
    const cpu = cpuSeconds(before.cpuUsage, cpuUsage).toFixed(2);
    say(`${name}: ${Math.round(rate)} MB/s, ${cpu} s of the server's processor time`);
  };
  const wholeHash = hashOf(body);
  const plain = (method: string) => ({ method, path: '/large.bin' });
  // Untimed, so that every PUT of either side writes a new file and none has another's to overwrite.
  const remove = (name: string) => clients.ours.send(ask('DELETE', name));
  try {
    for (let round = 0; round < repeats; round += 1) {
      await take('peerPut', peer, () => clients.peer.send(plain('PUT'), { body }));
      await take('peerGet', peer, () => clients.peer.send(plain('GET')));
      await clients.peer.send(plain('DELETE'));
      await take('put', ours, () => clients.ours.send(put('signed.bin', wholeHash), { body }));
      await remove('signed.bin');
      await take('putUnsigned', ours, () => clients.ours.send(put(large, unsigned), { body }));
      await take('get', ours, () => clients.ours.send(ask('GET', large)));
      await remove(large);
    }
    memory = rates.residentMegabytesTls;
    for (let round = 0; round < repeats; round += 1) {
      await take('putTls', ours, () => clients.tls.send(put(large, unsigned, tlsFacts), { body }));
      await take('getTls', ours, () => clients.tls.send(ask('GET', large, tlsFacts)));
      await remove(large);
    }
    return rates;
  } finally {
    clearInterval(sampling);
  }
}

const unsigned = 'UNSIGNED-PAYLOAD';
const large = 'large.bin';

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
