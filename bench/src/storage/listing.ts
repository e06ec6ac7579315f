import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { bucket } from './bench-bucket.ts';
import { HttpClient } from './http-client.ts';
import { ServerProcess } from './server-process.ts';
import { signRequest } from './sign-request.ts';

const keyCount = 100_000;
const pageKeyCount = 1_000;
const pageCount = keyCount / pageKeyCount;
const rounds = 15;
const fillCount = 1_000;

/** A bucket of 100,000 keys, listed to its end by 1,000. Each page's time is its median over the rounds. */
export async function measureListing(say: (text: string) => void): Promise<Measure[]> {
  const server = await ServerProcess.start('storage-program');
  const client = new HttpClient(server.facts.port);
  try {
    await fill(server);
    const times: number[][] = Array.from({ length: pageCount }, () => []);
    for (let round = 0; round <= rounds; round += 1) {
      const taken = await listAll(server, client);
      // The first round is what compiles the code and fills the caches.
      if (round === 0) continue;
      for (const [page, milliseconds] of taken.entries()) times[page]?.push(milliseconds);
    }
    const medians = times.map(median);
    const [first = 0] = medians;
    const slowest = Math.max(...medians);
    say(`pages: ${medians.map((each) => each.toFixed(1)).join(' ')}`);
    return [
      {
        measure: 'the first page of 1,000 of 100,000 keys',
        ...{ unit: 'ms', ours: first, peer: null, peerName: null },
        bound: { kind: 'value', most: 20 },
      },
      {
        measure: 'the slowest of its 100 pages',
        ...{ unit: 'ms', ours: slowest, peer: first, peerName: 'the first page' },
        bound: { kind: 'ratio', most: 2 },
      },
    ];
  } finally {
    client.close();
    await server.stop();
  }
}

async function fill(server: ServerProcess): Promise<void> {
  for (let from = 0; from < keyCount; from += fillCount) {
    const names = Array.from({ length: fillCount }, (_, index) => {
      const number = String(from + index).padStart(6, '0');
      return `folder/object-${number}.parquet`;
    });
    await server.figures({ bucket, fill: names });
  }
}

/** Milliseconds of each page, from the request to the last byte. */
async function listAll(server: ServerProcess, client: HttpClient): Promise<number[]> {
  const times: number[] = [];
  let token: string | undefined;
  let listed = 0;
  do {
    const continued = token === undefined ? '' : `continuation-token=${encodeURIComponent(token)}&`;
    const request = signRequest(server.facts, {
      ...{ method: 'GET', path: `/${bucket}`, query: `${continued}list-type=2` },
      payloadHash: 'UNSIGNED-PAYLOAD',
    });
    const startedAt = performance.now();
    const { text } = await client.send(request, { isTextWanted: true });
    times.push(performance.now() - startedAt);
    listed += Number(/<KeyCount>(\d+)</.exec(text)?.[1]);
    token = /<NextContinuationToken>([^<]+)</.exec(text)?.[1];
  } while (token !== undefined);
  if (listed !== keyCount) throw new Error(`Cannot list all: ${listed} keys of ${keyCount}`);
  return times;
}
