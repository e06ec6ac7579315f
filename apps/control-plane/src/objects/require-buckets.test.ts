import { type ObjectStore, S3Error } from '@strongroom/object-store';
import { describe, expect, it } from 'vitest';
import { StartError } from '../start-error.ts';
import { requireBuckets } from './require-buckets.ts';

const storeThat = (headBucket: () => Promise<unknown>) =>
  ({ headBucket }) as unknown as ObjectStore;
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof StartError ? error.code : String(error)),
  );

describe('the buckets of a deployed domain', () => {
  it('are looked for and not made', async () => {
    const asked: string[] = [];
    const store = storeThat(async () => void asked.push('head'));
    expect(await codeOf(requireBuckets(store, ['one', 'two']))).toBe(undefined);
    expect(asked).toEqual(['head', 'head']);
  });

  it.each(['NoSuchBucket', 'AccessDenied', 'ExpiredToken'])(
    'keep the console from starting where S3 answers %s',
    async (code) => {
      const store = storeThat(() => Promise.reject(new S3Error(code as never, 'refused')));
      expect(await codeOf(requireBuckets(store, ['one']))).toBe('ObjectsUnavailable');
    },
  );
});
