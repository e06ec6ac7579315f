import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { S3Manager } from './s3-manager.ts';
import { openPeerServer, type PeerServer } from './testing/peer-server.ts';

let peer: PeerServer;
let s3: S3Manager;

beforeAll(async () => {
  peer = await openPeerServer('reports', 'empty', 'many');
  s3 = new S3Manager({ connection: peer.connection });
});
afterEach(() => {
  peer.intercept = undefined;
  peer.requests.length = 0;
});
afterAll(async () => {
  s3.close();
  await peer.close();
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** ListObjectsV2 with 1,000 keys a page. */
function answerPage(url: URL, response: ServerResponse, keys: readonly string[]): true {
  const at = Number(url.searchParams.get('continuation-token') ?? 0);
  const page = keys.slice(at, at + 1_000);
  const next = at + 1_000 < keys.length ? at + 1_000 : undefined;
  const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`);
  const token = next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`;
  const isTruncated = `<IsTruncated>${next !== undefined}</IsTruncated>`;
  response.end(`<ListBucketResult>${isTruncated}${token}${contents.join('')}</ListBucketResult>`);
  return true;
}

describe('a list', () => {
  it('of buckets has them all', async () => {
    const names = (await s3.listBuckets()).map(({ name }) => name);
    expect(names.sort()).toEqual(['empty', 'many', 'reports']);
  });

  it('of one level has objects and folders in order', async () => {
    for (const key of ['data', 'data/', 'data/b.csv', 'data/a/1', 'data/a/2', 'data/한 글+', 'x']) {
      await s3.putObject('reports', key, key);
    }
    const entries = await collect(s3.listFolder('reports', 'data/'));
    const names = entries.map((entry) => (entry.type === 'folder' ? entry.prefix : entry.key));
    expect(names).toEqual(['data/a/', 'data/b.csv', 'data/한 글+']);
    expect(entries[0]).toEqual({ type: 'folder', prefix: 'data/a/', name: 'a' });
  });

  it('of objects has all below the prefix with their sizes', async () => {
    const found = await collect(s3.listObjects('reports', 'data/a'));
    expect(found).toMatchObject([
      { type: 'object', key: 'data/a/1', sizeBytes: 8 },
      { type: 'object', key: 'data/a/2', sizeBytes: 8 },
    ]);
    expect(found[0]?.lastModified.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await collect(s3.listObjects('empty'))).toEqual([]);
  });

  // s3rver makes its continuation tokens with DES, which today's OpenSSL does not have.
  it('goes on past 1,000 keys', async () => {
    const keys = Array.from({ length: 2_345 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    peer.intercept = ({ url = '' }, response) =>
      answerPage(new URL(url, 'http://s3'), response, keys);
    const found = await collect(s3.listObjects('many'));
    expect(found.map(({ key }) => key)).toEqual(keys);
    expect(await collect(s3.listFolder('many', 'k/'))).toHaveLength(2_345);
    expect(peer.requests.filter(({ url }) => url.startsWith('/many'))).toHaveLength(6);
  });

  it('does not go round in a circle where the service does', async () => {
    const page = '<IsTruncated>true</IsTruncated><NextContinuationToken>x</NextContinuationToken>';
    peer.intercept = (_request, response) => {
      response.end(`<ListBucketResult>${page}</ListBucketResult>`);
      return true;
    };
    const listing = collect(s3.listObjects('many'));
    await expect(listing).rejects.toThrow(expect.objectContaining({ code: 'ServiceError' }));
  });

  it('of more than 1,000 keys is deleted in as many requests as S3 needs', async () => {
    const keys = Array.from({ length: 1_050 }, (_, index) => `k/${String(index).padStart(4, '0')}`);
    const bodies: string[] = [];
    peer.intercept = (request, response) => {
      const url = new URL(request.url ?? '', 'http://s3');
      if (request.method === 'GET') return answerPage(url, response, keys);
      let body = '';
      request
        .on('data', (chunk) => (body += chunk))
        .on('end', () => {
          bodies.push(body);
          response.end('<DeleteResult/>');
        });
      return true;
    };
    expect(await s3.deleteFolder('many', 'k')).toBe(1_050);
    const counts = bodies.map((body) => body.match(/<Key>/g)?.length);
    expect(counts).toEqual([1_000, 50]);
  });

  it('of a bucket that there is not is an error', async () => {
    const listing = collect(s3.listObjects('missing'));
    await expect(listing).rejects.toThrow(expect.objectContaining({ code: 'NoSuchBucket' }));
  });
});
