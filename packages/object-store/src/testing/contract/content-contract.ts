import { createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import type { ByteRange } from '../../store/object-requests.ts';
import { bytesOf, contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

const sizes = [0, 1, 4_096, 8_192, 8_193, 65_535, 65_536, 65_537, 1_048_576, 3_000_001];

export function contentContract(subject: ContractSubject): void {
  it.each(sizes)('%i bytes come back as they were', async (sizeBytes) => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const bytes = randomBytes(sizeBytes);
    const put = await store.putObject({ bucket, key: 'k', content: contentOf(bytes), caller });
    expect(put.etag).toMatch(/^[0-9a-f]{32}$/);
    expect(put.encryption).toMatchObject({ algorithm: 'aws:kms', bucketKeyEnabled: true });
    const { info, stream } = await store.getObject({ bucket, key: 'k', caller });
    expect((await bytesOf(stream)).equals(bytes)).toBe(true);
    expect(info).toMatchObject({ key: 'k', sizeBytes, etag: put.etag });
  });

  it('an overwrite replaces the object whole', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller };
    await store.putObject({ ...place, content: contentOf(randomBytes(100_000)) });
    await store.putObject({ ...place, content: contentOf('new') });
    const { stream } = await store.getObject(place);
    expect((await bytesOf(stream)).toString()).toBe('new');
  });

  it.each<[ByteRange, number, number]>([
    [{ first: 0, last: 0 }, 0, 0],
    [{ first: 65_530, last: 65_540 }, 65_530, 65_540],
    [{ first: 150_000 }, 150_000, 199_999],
    [{ first: 199_999, last: 900_000 }, 199_999, 199_999],
    [{ suffixLength: 10 }, 199_990, 199_999],
    [{ suffixLength: 900_000 }, 0, 199_999],
  ])('the range %j is served', async (range, first, last) => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const bytes = randomBytes(200_000);
    const place = { bucket, key: 'k', caller };
    await store.putObject({ ...place, content: contentOf(bytes) });
    const { served, stream } = await store.getObject({ ...place, range });
    expect(served).toEqual({ first, last, isPartial: true });
    expect((await bytesOf(stream)).equals(bytes.subarray(first, last + 1))).toBe(true);
  });

  it('a range behind the end is InvalidRange', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller };
    await store.putObject({ ...place, content: contentOf('12345') });
    const refused = { code: 'InvalidRange', status: 416 };
    const get = (range: ByteRange) => store.getObject({ ...place, range });
    await expect(get({ first: 5 })).rejects.toMatchObject(refused);
    await expect(get({ suffixLength: 0 })).rejects.toMatchObject(refused);
  });

  it('headers, user metadata and tags come back', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const headers = {
      ...{ contentType: 'text/csv', cacheControl: 'no-store', contentLanguage: 'ko' },
      ...{ contentDisposition: 'attachment', contentEncoding: 'gzip' },
    };
    const place = { bucket, key: 'k', caller };
    const userMetadata = { origin: 'desk 7' };
    const tags = { class: 'secret', empty: '' };
    await store.putObject({ ...place, content: contentOf('x'), headers, userMetadata, tags });
    const { info } = await store.headObject(place);
    expect(info.headers).toMatchObject(headers);
    expect(info.userMetadata).toEqual(userMetadata);
    expect((await store.getTags(place)).tags).toEqual(tags);
    await store.putTags({ ...place, tags: { class: 'public' } });
    expect((await store.getTags(place)).tags).toEqual({ class: 'public' });
    await store.deleteTags(place);
    expect((await store.getTags(place)).tags).toEqual({});
  });

  it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
    'a right %s is kept and told, a wrong one refused and nothing written',
    async (algorithm) => {
      const { store, caller } = subject;
      const bucket = await subject.newBucket();
      const bytes = randomBytes(70_000);
      const place = { bucket, key: 'k', caller };
      const computed = await store.putObject({
        ...{ ...place, content: contentOf(bytes, { checksum: { algorithm } }) },
      });
      const value = computed.checksum?.value;
      expect(computed.checksum).toMatchObject({ algorithm, type: 'FULL_OBJECT' });
      const checksum = { algorithm, expected: () => value };
      await store.putObject({ ...place, content: contentOf(bytes, { checksum }) });
      expect((await store.headObject(place)).info.checksum?.value).toBe(value);
      const other = contentOf(randomBytes(70_000), { checksum });
      const refused = store.putObject({ ...place, key: 'other', content: other });
      await expect(refused).rejects.toMatchObject({ status: 400 });
      const head = store.headObject({ ...place, key: 'other' });
      await expect(head).rejects.toMatchObject({ status: 404 });
    },
  );

  it('a wrong Content-MD5 is BadDigest and a right one is not', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller };
    const contentMd5 = createHash('md5').update('right').digest('base64');
    await store.putObject({ ...place, content: contentOf('right', { contentMd5 }) });
    const wrong = store.putObject({ ...place, content: contentOf('wrong', { contentMd5 }) });
    await expect(wrong).rejects.toMatchObject({ code: 'BadDigest' });
    const malformed = contentOf('x', { contentMd5: 'short' });
    await expect(store.putObject({ ...place, content: malformed })).rejects.toMatchObject({
      code: 'InvalidDigest',
    });
  });

  it('a key is a name and not a path, up to 1,024 bytes of UTF-8', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const longest = `${'é'.repeat(511)}ab`;
    const keys = ['a/../b', 'a//b', '/a', 'a/', '..a', '😀', 'e\u0301', 'é', 'a b+c%20', longest];
    for (const key of keys) {
      await store.putObject({ bucket, key, content: contentOf(key), caller });
    }
    for (const key of keys) {
      const { stream } = await store.getObject({ bucket, key, caller });
      expect((await bytesOf(stream)).toString()).toBe(key);
    }
    const listed = await store.listObjects({ bucket, caller });
    expect(new Set(listed.objects.map(({ key }) => key))).toEqual(new Set(keys));
    const tooLong = { bucket, key: `${longest}x`, content: contentOf('x'), caller };
    await expect(store.putObject(tooLong)).rejects.toMatchObject({ code: 'KeyTooLongError' });
  });

  it('a missing key is NoSuchKey to read and nothing to delete', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'missing', caller };
    await expect(store.getObject(place)).rejects.toMatchObject({ code: 'NoSuchKey' });
    await expect(store.headObject(place)).rejects.toMatchObject({ status: 404 });
    expect((await store.deleteObject(place)).isDeleteMarker).toBe(false);
  });

  it('many are deleted together', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    for (const key of ['a', 'b', 'c']) {
      await store.putObject({ bucket, key, content: contentOf(key), caller });
    }
    const objects = [{ key: 'a' }, { key: 'missing' }, { key: 'c' }];
    const outcomes = await store.deleteObjects({ bucket, objects, caller });
    expect(outcomes).toHaveLength(3);
    expect(outcomes.some((outcome) => outcome instanceof Error)).toBe(false);
    const listed = await store.listObjects({ bucket, caller });
    expect(listed.objects.map(({ key }) => key)).toEqual(['b']);
  });
}
