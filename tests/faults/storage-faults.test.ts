import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';
import { askOperator, outsideClient, outsideCredentials } from '../support/storage-tools.ts';

const Bucket = 'research-risk-models';
const sealed = { ServerSideEncryption: 'aws:kms' } as const;
const uploadCount = 200;

let domain: RunningDomain;

beforeEach(async () => {
  domain = await startDomain();
});
afterEach(() => domain.remove());

const contentOf = (key: string) => `${key}:`.repeat(6_000);

describe('objects of a control plane that is killed in the middle of 200 uploads', () => {
  it('are whole where they were acknowledged, and not there or whole where they were not', async () => {
    const client = await outsideClient(await outsideCredentials(domain, 'alice'), {
      maxAttempts: 1,
    });
    const acknowledged = new Set<string>();
    const uploads = Array.from({ length: uploadCount }, async (_, index) => {
      const Key = `upload-${index}`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body: contentOf(Key), ...sealed }));
      acknowledged.add(Key);
      if (acknowledged.size === uploadCount / 4) await domain.kill();
    });
    await Promise.allSettled(uploads);
    client.destroy();
    expect(acknowledged.size).toBeGreaterThanOrEqual(uploadCount / 4);
    expect(acknowledged.size).toBeLessThan(uploadCount);

    domain = await domain.restart();
    const again = await outsideClient(await outsideCredentials(domain, 'alice'));
    const listed = await again.send(new ListObjectsV2Command({ Bucket }));
    const keys = (listed.Contents ?? []).map(({ Key }) => Key ?? '');
    for (const key of acknowledged) expect(keys).toContain(key);
    for (const Key of keys) {
      const { Body } = await again.send(new GetObjectCommand({ Bucket, Key }));
      expect(await Body?.transformToString(), Key).toBe(contentOf(Key));
    }
    expect(await askOperator(domain, 'POST', '/storage/scrub', {})).toMatchObject({ problems: [] });
    again.destroy();
  });
});

describe('a domain whose keyring is lost', () => {
  it('does not start, says what is lost, and starts again when it is restored', async () => {
    const client = await outsideClient(await outsideCredentials(domain, 'alice'));
    await client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'kept', ...sealed }));
    client.destroy();
    await domain.stop();
    const keyring = join(domain.folder, 'data', 'keys', 'keyring.json');
    await rename(keyring, `${keyring}.away`);
    await expect(domain.restart()).rejects.toThrow(/keyring[\s\S]*(?:restore|back-up)/i);
    await rm(keyring, { force: true });
    await rename(`${keyring}.away`, keyring);
    domain = await domain.restart();
    const again = await outsideClient(await outsideCredentials(domain, 'alice'));
    const { Body } = await again.send(new GetObjectCommand({ Bucket, Key: 'kept' }));
    expect(await Body?.transformToString()).toBe('kept');
    again.destroy();
  });
});
