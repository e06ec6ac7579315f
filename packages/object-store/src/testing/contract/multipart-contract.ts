import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { bytesOf, contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

export function multipartContract(subject: ContractSubject): void {
  const begin = async (options: object = {}) => {
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller: subject.caller };
    const { uploadId } = await subject.store.createUpload({ ...place, ...options });
    const uploadPlace = { ...place, uploadId };
    const part = async (partNumber: number, bytes: Buffer) => {
      const content = contentOf(bytes);
      const { etag } = await subject.store.uploadPart({ ...uploadPlace, partNumber, content });
      return { partNumber, etag };
    };
    return { place, uploadPlace, part };
  };
  const partBytes = () => randomBytes(Math.max(subject.minimumPartBytes, 70_000) + 7);

  it('parts become one object, whatever order they came in', async () => {
    const { store } = subject;
    const { place, uploadPlace, part } = await begin({
      userMetadata: { a: '1' },
      tags: { t: '2' },
    });
    const bytes = [partBytes(), partBytes(), randomBytes(5)] as const;
    const third = await part(3, bytes[2]);
    const first = await part(1, bytes[0]);
    const second = await part(2, bytes[1]);
    await expect(store.headObject(place)).rejects.toMatchObject({ status: 404 });
    const listed = await store.listParts(uploadPlace);
    expect(listed.parts.map(({ partNumber }) => partNumber)).toEqual([1, 2, 3]);
    const done = await store.completeUpload({ ...uploadPlace, parts: [first, second, third] });
    expect(done.etag).toMatch(/^[0-9a-f]{32}-3$/);
    const whole = Buffer.concat(bytes);
    const { info, stream } = await store.getObject(place);
    expect((await bytesOf(stream)).equals(whole)).toBe(true);
    expect(info).toMatchObject({ etag: done.etag, userMetadata: { a: '1' }, tagCount: 1 });

    const seam = bytes[0].length;
    const range = { first: seam - 10, last: seam + bytes[1].length + 2 };
    const across = await store.getObject({ ...place, range });
    const wanted = whole.subarray(range.first, range.last + 1);
    expect((await bytesOf(across.stream)).equals(wanted)).toBe(true);
    const one = await store.getObject({ ...place, partNumber: 2 });
    expect((await bytesOf(one.stream)).equals(bytes[1])).toBe(true);
  });

  it('a part that is sent again takes the place of the first', async () => {
    const { store } = subject;
    const { place, uploadPlace, part } = await begin();
    await part(1, randomBytes(10));
    const again = await part(1, Buffer.from('again'));
    await store.completeUpload({ ...uploadPlace, parts: [again] });
    const { stream } = await store.getObject(place);
    expect((await bytesOf(stream)).toString()).toBe('again');
  });

  it('refuses parts out of order, missing, altered and too small', async () => {
    const { store } = subject;
    const { uploadPlace, part } = await begin();
    const small = await part(1, randomBytes(10));
    const last = await part(2, randomBytes(10));
    const complete = (...parts: { partNumber: number; etag: string }[]) =>
      store.completeUpload({ ...uploadPlace, parts });
    await expect(complete(last, small)).rejects.toMatchObject({ code: 'InvalidPartOrder' });
    const missing = { partNumber: 3, etag: last.etag };
    await expect(complete(small, missing)).rejects.toMatchObject({ code: 'InvalidPart' });
    const altered = { partNumber: 1, etag: '0'.repeat(32) };
    await expect(complete(altered)).rejects.toMatchObject({ code: 'InvalidPart' });
    if (subject.minimumPartBytes > 10) {
      await expect(complete(small, last)).rejects.toMatchObject({ code: 'EntityTooSmall' });
    }
    await complete(small);
  });

  it('a second completion answers as the first', async () => {
    const { store } = subject;
    const { uploadPlace, part } = await begin();
    const parts = [await part(1, Buffer.from('x'))];
    const first = await store.completeUpload({ ...uploadPlace, parts });
    const second = await store.completeUpload({ ...uploadPlace, parts });
    expect(second.etag).toBe(first.etag);
  });

  it('an aborted upload is gone', async () => {
    const { store, caller } = subject;
    const { place, uploadPlace, part } = await begin();
    const parts = [await part(1, randomBytes(20_000))];
    await store.abortUpload(uploadPlace);
    const refused = { code: 'NoSuchUpload' };
    await expect(part(2, Buffer.from('x'))).rejects.toMatchObject(refused);
    await expect(store.completeUpload({ ...uploadPlace, parts })).rejects.toMatchObject(refused);
    await expect(store.listParts(uploadPlace)).rejects.toMatchObject(refused);
    expect((await store.listUploads({ bucket: place.bucket, caller })).uploads).toEqual([]);
  });

  it('uploads under way are listed', async () => {
    const { store, caller } = subject;
    const { place, uploadPlace } = await begin();
    const { bucket } = place;
    await store.createUpload({ ...place, key: 'dir/other' });
    const { uploads } = await store.listUploads({ bucket, caller });
    expect(uploads.map(({ key }) => key)).toEqual(['dir/other', 'k']);
    expect(uploads[1]?.uploadId).toBe(uploadPlace.uploadId);
    const rolledUp = await store.listUploads({ bucket, caller, delimiter: '/' });
    expect(rolledUp.commonPrefixes).toEqual(['dir/']);
  });

  it('a part is copied out of another object', async () => {
    const { store } = subject;
    const { place, uploadPlace } = await begin();
    const bytes = randomBytes(200_000);
    await store.putObject({ ...place, key: 'source', content: contentOf(bytes) });
    const source = { bucket: place.bucket, key: 'source' };
    const range = { first: 1_000, last: 150_999 };
    const { etag } = await store.copyPart({ ...uploadPlace, partNumber: 1, source, range });
    await store.completeUpload({ ...uploadPlace, parts: [{ partNumber: 1, etag }] });
    const { stream } = await store.getObject(place);
    expect((await bytesOf(stream)).equals(bytes.subarray(1_000, 151_000))).toBe(true);
    const outside = { first: 0, last: 200_000 };
    const refused = store.copyPart({ ...uploadPlace, partNumber: 1, source, range: outside });
    await expect(refused).rejects.toMatchObject({ status: expect.toBeOneOf([400, 404, 416]) });
  });

  it.each([
    ['CRC32', 'FULL_OBJECT'],
    ['CRC64NVME', 'FULL_OBJECT'],
    ['SHA256', 'COMPOSITE'],
  ] as const)('%s of the whole is %s', async (algorithm, type) => {
    const { store } = subject;
    const { place, uploadPlace } = await begin({ checksum: { algorithm, type } });
    const bytes = [partBytes(), randomBytes(9)] as const;
    const parts = [];
    for (const [index, piece] of bytes.entries()) {
      const partNumber = index + 1;
      const content = contentOf(piece, { checksum: { algorithm } });
      const { etag, checksum } = await store.uploadPart({ ...uploadPlace, partNumber, content });
      parts.push({ partNumber, etag, ...(checksum && { checksum: checksum.value }) });
    }
    const done = await store.completeUpload({ ...uploadPlace, parts });
    expect(done.checksum).toMatchObject({ algorithm, type });
    if (type === 'COMPOSITE') {
      expect(done.checksum?.value).toMatch(/-2$/);
    } else {
      const content = contentOf(Buffer.concat(bytes), { checksum: { algorithm } });
      const put = await store.putObject({ ...place, key: 'put', content });
      expect(done.checksum?.value).toBe(put.checksum?.value);
    }
  });
}
