import type { StudioFolder } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { BucketError } from './bucket-error.ts';
import { BucketsModel } from './buckets-model.ts';

const bucket = { bucket: 'research' as never, mayRead: true, mayWrite: true, mayDelete: false };
const object = (key: string) => ({ key, sizeBytes: 1, modifiedAt: '2026-08-01T09:00:00.000Z' });

function modelOver(pages: Readonly<Record<string, Partial<StudioFolder>>>) {
  const asked: string[] = [];
  const model = new BucketsModel({
    listBuckets: async () => [bucket],
    async listFolder(name, prefix, token = null) {
      const question = `${name}/${prefix}${token === null ? '' : `#${token}`}`;
      asked.push(question);
      const page = pages[question];
      if (page === undefined) throw new BucketError('AccessDenied');
      return { folders: [], objects: [], continuationToken: null, ...page };
    },
  });
  return { model, asked };
}

const names = ({ entries }: BucketsModel) => entries.map(({ kind, name }) => `${kind} ${name}`);

describe('the panel', () => {
  it('begins with the buckets and goes into one, folders first', async () => {
    const { model } = modelOver({
      'research/a/': { folders: ['a/b/'], objects: [object('a/'), object('a/x.csv')] },
    });
    await model.refresh();
    expect([names(model), model.rights.mayWrite]).toEqual([['bucket research'], false]);
    await model.open({ bucket: 'research', prefix: 'a/' });
    expect(names(model)).toEqual(['folder b', 'object x.csv']);
    expect(model.rights).toMatchObject({ mayWrite: true, mayDelete: false });
  });

  it('goes on where a page ended', async () => {
    const { model } = modelOver({
      'research/': { objects: [object('a')], continuationToken: 't' },
      'research/#t': { objects: [object('b')] },
    });
    await model.open({ bucket: 'research', prefix: '' });
    expect(model.hasMore).toBe(true);
    await model.loadMore();
    expect([names(model), model.hasMore]).toEqual([['object a', 'object b'], false]);
  });

  it('filters in the store, beyond what was loaded', async () => {
    const { model, asked } = modelOver({ 'research/': {}, 'research/zeb': {} });
    await model.open({ bucket: 'research', prefix: '' });
    await model.setFilter('zeb');
    expect(asked).toEqual(['research/', 'research/zeb']);
  });

  it('keeps what was chosen over a refresh, and forgets it elsewhere', async () => {
    const { model } = modelOver({ 'research/': { objects: [object('a'), object('b')] } });
    await model.open({ bucket: 'research', prefix: '' });
    model.choose(model.entries.slice(1));
    await model.refresh();
    expect(model.chosenStored.map(({ name }) => name)).toEqual(['b']);
    await model.open(null);
    expect(model.chosen).toEqual([]);
  });

  it('shows nothing of a folder that it is refused', async () => {
    const { model } = modelOver({ 'research/': { objects: [object('a')] } });
    await model.open({ bucket: 'research', prefix: '' });
    await model.open({ bucket: 'research', prefix: 'secret/' });
    expect(model.state).toMatchObject({ kind: 'failed', error: { code: 'AccessDenied' } });
    expect(model.entries).toEqual([]);
  });

  it('passes over an answer that comes after another place was opened', async () => {
    let answerSlowly: (page: StudioFolder) => void = () => undefined;
    const slow = new Promise<StudioFolder>((resolve) => {
      answerSlowly = resolve;
    });
    const empty = { folders: [], objects: [], continuationToken: null };
    const model = new BucketsModel({
      listBuckets: async () => [bucket],
      listFolder: async (_name, prefix) => (prefix === 'slow/' ? slow : empty),
    });
    const first = model.open({ bucket: 'research', prefix: 'slow/' });
    await model.open({ bucket: 'research', prefix: '' });
    answerSlowly({ ...empty, objects: [object('slow/a')] });
    await first;
    expect(model.entries).toEqual([]);
  });
});
