import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { bytesOf, contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

export function copyContract(subject: ContractSubject): void {
  it.each([10, 300_000])('a copy of %i bytes outlives its source', async (sizeBytes) => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const target = await subject.newBucket();
    const bytes = randomBytes(sizeBytes);
    const headers = { contentType: 'text/plain' };
    const tags = { a: '1' };
    await store.putObject({
      ...{ bucket, key: 'source', content: contentOf(bytes), caller },
      ...{ headers, userMetadata: { m: 'x' }, tags },
    });
    await store.copyObject({
      ...{ bucket: target, key: 'copy', source: { bucket, key: 'source' }, caller },
      ...{ metadataDirective: 'COPY', taggingDirective: 'COPY' },
    });
    await store.deleteObject({ bucket, key: 'source', caller });
    const place = { bucket: target, key: 'copy', caller };
    const { info, stream } = await store.getObject(place);
    expect((await bytesOf(stream)).equals(bytes)).toBe(true);
    expect(info.headers.contentType).toBe('text/plain');
    expect(info.userMetadata).toEqual({ m: 'x' });
    expect((await store.getTags(place)).tags).toEqual(tags);
  });

  it('REPLACE takes metadata and tags from the request, also onto itself', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller };
    await store.putObject({ ...place, content: contentOf('x'), userMetadata: { old: '1' } });
    const copy = { ...place, source: { bucket, key: 'k' } };
    const unchanged = store.copyObject({
      ...{ ...copy, metadataDirective: 'COPY', taggingDirective: 'COPY' },
    });
    await expect(unchanged).rejects.toMatchObject({ code: 'InvalidRequest' });
    await store.copyObject({
      ...{ ...copy, metadataDirective: 'REPLACE', taggingDirective: 'REPLACE' },
      ...{ userMetadata: { new: '2' }, tags: { t: '1' } },
    });
    const { info, stream } = await store.getObject(place);
    expect(info.userMetadata).toEqual({ new: '2' });
    expect((await bytesOf(stream)).toString()).toBe('x');
  });

  it('a copy whose condition on the source fails is PreconditionFailed', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const { etag } = await store.putObject({ bucket, key: 'a', content: contentOf('x'), caller });
    const copy = (conditions: object) =>
      store.copyObject({
        ...{ bucket, key: 'b', source: { bucket, key: 'a', conditions }, caller },
        ...{ metadataDirective: 'COPY', taggingDirective: 'COPY' },
      });
    await expect(copy({ ifMatch: ['0'] })).rejects.toMatchObject({ status: 412 });
    await expect(copy({ ifNoneMatch: [etag] })).rejects.toMatchObject({ status: 412 });
    await copy({ ifMatch: [etag] });
  });
}
