import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../testing/content.ts';
import { sealedFilesIn } from '../testing/stored-files.ts';
import { openTestKeys, operator, testMetadataKey } from '../testing/test-store.ts';
import { ObjectStoreEmbedded } from './object-store-embedded.ts';

const program = fileURLToPath(new URL('../../dist/put-objects-program.js', import.meta.url));

describe('a store whose process is killed in the middle of 200 writes', () => {
  beforeAll(async () => {
    await build({
      entryPoints: [fileURLToPath(new URL('../testing/put-objects-program.ts', import.meta.url))],
      ...{ outfile: program, bundle: true, platform: 'node', format: 'esm', target: 'node20' },
      external: ['@aws-sdk/*', '@node-rs/argon2', 'hash-wasm', 'libsql', 'zod'],
      logLevel: 'warning',
    });
  });

  it.each([1, 40, 150])(
    'after %i acknowledgements has all of them whole, and nothing of the rest',
    async (killAfter) => {
      const root = await mkdtemp(join(tmpdir(), 'strongroom-killed-'));
      const acknowledged = await putUntilKilled(root, killAfter);
      expect(acknowledged.size).toBeGreaterThanOrEqual(killAfter);
      const { service, bucketKeys } = await openTestKeys(root);
      const folder = join(root, 'objects');
      const store = await ObjectStoreEmbedded.open({
        ...{ folder, keys: service, bucketKeys, defaultKey: 'alias/data' },
        ...{ metadataKey: testMetadataKey, clock: () => new Date(), freeSpaceFloorBytes: 0 },
      });
      const { objects } = await store.listObjects({ bucket: 'killed', caller: operator });
      const listed = new Set(objects.map(({ key }) => key));
      for (const [key, sizeBytes] of acknowledged) {
        expect(listed.has(key)).toBe(true);
        const { stream } = await store.getObject({ bucket: 'killed', key, caller: operator });
        const bytes = await bytesOf(stream);
        expect(bytes.length).toBe(sizeBytes);
        expect(bytes.equals(Buffer.from(key.repeat(sizeBytes / key.length)))).toBe(true);
      }
      // Also what was not acknowledged is whole where it shows, and no file is left that nothing names.
      const { problems } = await store.scrub({ caller: operator });
      expect(problems).toEqual([]);
      const { uploads } = await store.listUploads({ bucket: 'killed', caller: operator });
      for (const { key, uploadId } of uploads) {
        await store.abortUpload({ bucket: 'killed', key, uploadId, caller: operator });
      }
      for (const { key } of objects) {
        await store.deleteObject({ bucket: 'killed', key, caller: operator });
      }
      expect(await sealedFilesIn(folder)).toEqual([]);
      await store.close();
      await service.close();
      await rm(root, { recursive: true, force: true });
    },
  );
});

async function putUntilKilled(root: string, killAfter: number): Promise<Map<string, number>> {
  const child = spawn(process.execPath, [program, root], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const acknowledged = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    const [key = '', sizeBytes] = line.split(' ');
    if (sizeBytes !== undefined) acknowledged.set(key, Number(sizeBytes));
    if (acknowledged.size === killAfter) child.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}
