import { randomBytes } from 'node:crypto';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { bucket, writeHeaders } from './bench-bucket.ts';
import { HttpClient } from './http-client.ts';
import { cpuSeconds, ServerProcess } from './server-process.ts';
import { type SignedRequest, sha256, signRequest } from './sign-request.ts';

const objectCount = 10_000;
const atOnce = 16;
const rounds = 3;
const content = randomBytes(4096);
const peerName = 's3rver 3.7.1: no encryption, no fsync';

/** 10,000 objects of 4 KB, written and read, 16 requests at a time. */
export async function measureSmallObjects(say: (text: string) => void): Promise<Measure[]> {
  const servers = {
    ours: await ServerProcess.start('storage-program'),
    peer: await ServerProcess.start('s3rver-program', bucket),
  };
  const rates = { ours: newRates(), peer: newRates() };
  try {
    const before = await servers.ours.figures();
    for (let round = 0; round < rounds; round += 1) {
      for (const side of ['peer', 'ours'] as const) {
        for (const method of ['PUT', 'GET'] as const) {
          const { rate, processorMicroseconds } = await transfer(servers[side], method, round);
          rates[side][method].push(rate);
          say(`${side} ${method}: ${Math.round(rate)}/s, ${Math.round(processorMicroseconds)} µs`);
        }
      }
    }
    const { providerCallCount = 0 } = await servers.ours.figures();
    const callCount = providerCallCount - (before.providerCallCount ?? 0);
    const row = (method: 'PUT' | 'GET'): Measure => ({
      ...{ measure: `${method} of 10,000 objects of 4 KB, 16 at a time`, unit: '1/s' },
      ...{ ours: median(rates.ours[method]), peer: median(rates.peer[method]), peerName },
      bound: { kind: 'share', least: 0.8 },
    });
    return [
      row('PUT'),
      row('GET'),
      {
        measure: `calls of the key provider for ${objectCount * rounds} objects, written and read`,
        ...{ unit: 'count', ours: callCount, peer: null, peerName: null },
        bound: { kind: 'value', most: (objectCount * rounds) / 100 },
      },
    ];
  } finally {
    await Promise.all([servers.ours.stop(), servers.peer.stop()]);
  }
}

function newRates(): Record<'PUT' | 'GET', number[]> {
  return { PUT: [], GET: [] };
}

async function transfer(server: ServerProcess, method: 'PUT' | 'GET', round: number) {
  const client = new HttpClient(server.facts.port);
  const isPut = method === 'PUT';
  const payloadHash = isPut ? sha256(content) : 'UNSIGNED-PAYLOAD';
  const headers = isPut ? { ...writeHeaders, 'content-type': 'binary/octet-stream' } : {};
  const requests = Array.from({ length: objectCount }, (_, index) =>
    signRequest(server.facts, {
      ...{ method, path: `/${bucket}/round-${round}/${index}.bin`, headers, payloadHash },
    }),
  );
  const before = await server.figures();
  const startedAt = performance.now();
  await sendAll(client, requests, isPut);
  const seconds = (performance.now() - startedAt) / 1000;
  const { cpuUsage } = await server.figures();
  client.close();
  return {
    rate: objectCount / seconds,
    processorMicroseconds: (cpuSeconds(before.cpuUsage, cpuUsage) * 1e6) / objectCount,
  };
}

async function sendAll(client: HttpClient, requests: SignedRequest[], isPut: boolean) {
  const options = isPut ? { body: { piece: content, count: 1 } } : {};
  const expectedBytes = isPut ? 0 : content.length;
  let next = 0;
  const work = async () => {
    for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
      const { receivedBytes } = await client.send(request, options);
      if (receivedBytes !== expectedBytes) throw new Error(`Received ${receivedBytes} bytes`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}
