import { expect, it } from 'vitest';
import { contentOf } from '../content.ts';
import type { ContractSubject } from '../object-store-contract.ts';

export function conditionContract(subject: ContractSubject): void {
  it('If-None-Match * writes only where nothing is', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const conditions = { ifNoneMatch: '*' };
    const put = () =>
      store.putObject({ bucket, key: 'k', content: contentOf('x'), conditions, caller });
    await put();
    await expect(put()).rejects.toMatchObject({ code: 'PreconditionFailed', status: 412 });
  });

  it('If-Match writes only over what is known', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const put = (ifMatch?: string) =>
      store.putObject({
        ...{ bucket, key: 'k', content: contentOf('x'), caller },
        ...(ifMatch !== undefined && { conditions: { ifMatch } }),
      });
    await expect(put('0'.repeat(32))).rejects.toMatchObject({ code: 'NoSuchKey' });
    const { etag } = await put();
    const second = await put(etag);
    if (second.etag !== etag) {
      await expect(put(etag)).rejects.toMatchObject({ code: 'PreconditionFailed' });
    }
  });

  it('reads obey If-Match, If-None-Match and the dates', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const place = { bucket, key: 'k', caller };
    const { etag } = await store.putObject({ ...place, content: contentOf('x') });
    const { lastModified } = (await store.headObject(place)).info;
    const before = new Date(lastModified.getTime() - 60_000);
    const head = (conditions: object) => store.headObject({ ...place, conditions });
    await head({ ifMatch: [etag] });
    await head({ ifModifiedSince: before });
    await head({ ifNoneMatch: ['other'] });
    await expect(head({ ifMatch: ['other'] })).rejects.toMatchObject({ status: 412 });
    await expect(head({ ifNoneMatch: [etag] })).rejects.toMatchObject({ status: 304 });
    await expect(head({ ifModifiedSince: lastModified })).rejects.toMatchObject({ status: 304 });
    await expect(head({ ifUnmodifiedSince: before })).rejects.toMatchObject({ status: 412 });
  });

  it('of many who write at once where nothing is, one does', async () => {
    const { store, caller } = subject;
    const bucket = await subject.newBucket();
    const conditions = { ifNoneMatch: '*' };
    const puts = Array.from({ length: 10 }, (_, index) =>
      store.putObject({ bucket, key: 'k', content: contentOf(`${index}`), conditions, caller }),
    );
    const settled = await Promise.allSettled(puts);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
}
