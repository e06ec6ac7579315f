import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyProvider } from '../keys/key-provider.ts';

export interface ProviderUnderTest {
  readonly provider: KeyProvider;
  /** The same keys by another connection, as after a restart. */
  reopen(): Promise<KeyProvider>;
  close(): Promise<void>;
}

const context = { 'aws:s3:arn': 'arn:aws:s3:::research', purpose: 'test' };
const refused = { name: 'KeyError', code: 'InvalidCiphertextException' };

/** What `KeyService` relies on, whatever holds the material. */
export function keyProviderContract(name: string, open: () => Promise<ProviderUnderTest>): void {
  describe(`keys held by ${name}`, () => {
    let under: ProviderUnderTest;
    let provider: KeyProvider;
    let key: string;
    beforeEach(async () => {
      under = await open();
      provider = under.provider;
      key = (await provider.createKey(randomUUID())).providerKeyId;
    });
    afterEach(() => under.close());

    it('make data keys of 256 bits, a new one each time, and open them again', async () => {
      const one = await provider.generateDataKey(key, context);
      const other = await provider.generateDataKey(key, context);
      expect(one.dataKey).toHaveLength(32);
      expect(one.dataKey.equals(other.dataKey)).toBe(false);
      expect(one.wrapped.includes(one.dataKey)).toBe(false);
      expect(await provider.decrypt(key, one.wrapped, context)).toEqual(one.dataKey);
      expect(await provider.decrypt(key, other.wrapped, context)).toEqual(other.dataKey);
    });

    it('hand out data keys that are the receiver’s to overwrite', async () => {
      const { dataKey, wrapped } = await provider.generateDataKey(key, context);
      const copy = Buffer.from(dataKey);
      dataKey.fill(0);
      (await provider.decrypt(key, wrapped, context)).fill(0);
      expect(await provider.decrypt(key, wrapped, context)).toEqual(copy);
    });

    it('open with the same context in any order, and with no other', async () => {
      const { dataKey, wrapped } = await provider.generateDataKey(key, context);
      const reordered = Object.fromEntries(Object.entries(context).reverse());
      expect(await provider.decrypt(key, wrapped, reordered)).toEqual(dataKey);
      for (const other of [
        {},
        { purpose: 'test' },
        { ...context, purpose: 'tesu' },
        { ...context, more: '' },
        { 'aws:s3:arn': 'arn:aws:s3:::researchpurposetest' },
      ]) {
        await expect(provider.decrypt(key, wrapped, other)).rejects.toMatchObject(refused);
        await expect(provider.rewrap(key, wrapped, other)).rejects.toMatchObject(refused);
      }
    });

    it('open nothing of another key', async () => {
      const { providerKeyId: other } = await provider.createKey(randomUUID());
      const { wrapped } = await provider.generateDataKey(key, context);
      await expect(provider.decrypt(other, wrapped, context)).rejects.toMatchObject(refused);
      await expect(provider.rewrap(other, wrapped, context)).rejects.toMatchObject(refused);
    });

    it('refuse what was altered in any byte, cut, or never wrapped', async () => {
      const { wrapped } = await provider.generateDataKey(key, context);
      for (let at = 0; at < wrapped.length; at += 1) {
        const changed = Buffer.from(wrapped);
        changed[at] = (changed[at] ?? 0) ^ 0x02;
        await expect(provider.decrypt(key, changed, context), `byte ${at}`).rejects.toMatchObject(
          refused,
        );
      }
      for (const length of [0, 1, 3, 4, 5, 20, wrapped.length - 1]) {
        const cut = provider.decrypt(key, wrapped.subarray(0, length), context);
        await expect(cut, `cut at ${length}`).rejects.toMatchObject(refused);
      }
      const never = provider.decrypt(key, Buffer.alloc(100, 0x41), context);
      await expect(never).rejects.toMatchObject(refused);
    });

    it('open after two rotations what each version wrapped', async () => {
      const first = await provider.generateDataKey(key, context);
      await provider.rotate(key);
      const second = await provider.generateDataKey(key, context);
      await provider.rotate(key);
      const third = await provider.generateDataKey(key, context);
      for (const { dataKey, wrapped } of [first, second, third]) {
        expect(await provider.decrypt(key, wrapped, context)).toEqual(dataKey);
      }
    });

    it('wrap anew under the newest version, and the same key comes out', async () => {
      const { dataKey, wrapped } = await provider.generateDataKey(key, context);
      await provider.rotate(key);
      const newest = await provider.rewrap(key, wrapped, context);
      expect(newest.equals(wrapped)).toBe(false);
      expect(await provider.decrypt(key, newest, context)).toEqual(dataKey);
      expect(await provider.decrypt(key, wrapped, context)).toEqual(dataKey);
    });

    it('are there after a restart', async () => {
      await provider.rotate(key);
      const { dataKey, wrapped } = await provider.generateDataKey(key, context);
      const reopened = await under.reopen();
      await reopened.checkKeys([key]);
      expect(await reopened.decrypt(key, wrapped, context)).toEqual(dataKey);
      await reopened.close();
    });

    it('open nothing once destroyed, and can be destroyed twice', async () => {
      const { providerKeyId: other } = await provider.createKey(randomUUID());
      const kept = await provider.generateDataKey(other, context);
      const { wrapped } = await provider.generateDataKey(key, context);
      await provider.destroyKey(key);
      await provider.destroyKey(key);
      await expect(provider.decrypt(key, wrapped, context)).rejects.toMatchObject({
        code: expect.stringMatching(/^(NotFoundException|KMSInvalidStateException)$/),
      });
      await expect(provider.generateDataKey(key, context)).rejects.toMatchObject({
        name: 'KeyError',
      });
      expect(await provider.decrypt(other, kept.wrapped, context)).toEqual(kept.dataKey);
    });

    it('that never were are not found', async () => {
      const nobody = key.replace(/[0-9a-f]{12}$/, '000000000000');
      const { wrapped } = await provider.generateDataKey(key, context);
      const missing = { name: 'KeyError', code: 'NotFoundException' };
      await expect(provider.generateDataKey(nobody, context)).rejects.toMatchObject(missing);
      await expect(provider.decrypt(nobody, wrapped, context)).rejects.toMatchObject({
        name: 'KeyError',
      });
      await expect(provider.rotate(nobody)).rejects.toMatchObject(missing);
    });

    it('serve many at once', async () => {
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, number) =>
          provider.generateDataKey(key, { ...context, number: `${number}` }),
        ),
      );
      const opened = await Promise.all(
        made.map(({ wrapped }, number) =>
          provider.decrypt(key, wrapped, { ...context, number: `${number}` }),
        ),
      );
      expect(opened).toEqual(made.map(({ dataKey }) => dataKey));
    });
  });
}
