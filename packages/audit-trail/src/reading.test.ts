import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countEvents } from './count-events.ts';
import { measureLog } from './measure-log.ts';
import { readPage } from './read-trail.ts';
import { TrailGround } from './testing/trail-ground.ts';

let ground: TrailGround;
beforeEach(async () => {
  ground = await TrailGround.make();
});
afterEach(() => ground.close());

describe('a page of the trail', () => {
  it('is full, or ends after so many lines however little fits, and is read on from there', async () => {
    await ground.writeThreeDays();
    const limits = { recordCount: 5, lineCount: 25 };
    const full = await readPage(ground.folder, {}, limits);
    expect(full.records.map(({ sequence }) => sequence)).toEqual([60, 59, 58, 57, 56]);
    const next = await readPage(ground.folder, { cursor: full.cursor }, limits);
    expect(next.records[0]?.sequence).toBe(55);

    const fits = ({ sequence }: { sequence: number }) => sequence === 3;
    const found: number[] = [];
    let cursor: string | undefined;
    let pageCount = 0;
    do {
      const page = await readPage(ground.folder, { fits, cursor }, limits);
      found.push(...page.records.map(({ sequence }) => sequence));
      cursor = page.cursor;
      pageCount += 1;
    } while (cursor !== undefined);
    expect(found).toEqual([3]);
    expect(pageCount).toBe(3);
  });

  it('passes over lines that do not mention what is looked for', async () => {
    await ground.writeThreeDays();
    const limits = { recordCount: 100, lineCount: 100 };
    const page = (mentions: string[]) => readPage(ground.folder, { mentions }, limits);
    expect((await page(['"number":7,', '"number":8,'])).records).toHaveLength(6);
    expect((await page(['"bob"'])).records).toEqual([]);
  });
});

describe('counting', () => {
  const limits = {
    now: new Date('2026-03-03T18:00:00Z'),
    ...{ defaultDayCount: 30, maximumDayCount: 366, maximumRecordCount: 1_000 },
  };
  const isSeven = ({ fields }: { fields: Record<string, unknown> }) => fields.number === 7;
  const count = (question: object, change: object = {}) =>
    countEvents(ground.folder, question, isSeven, { ...limits, ...change });

  it('is by day over a month, with days on which nothing happened', async () => {
    await ground.writeThreeDays();
    const counts = await count({});
    expect(counts).toMatchObject({ unit: 'day', isComplete: true });
    expect(counts.buckets).toHaveLength(30);
    expect(counts.buckets[0]).toMatchObject({ start: '2026-02-02T00:00:00.000Z', count: 0 });
    expect(counts.buckets.at(-1)).toEqual({
      ...{ start: '2026-03-03T00:00:00.000Z', count: 20, markedCount: 1 },
    });
  });

  it('is by hour over a few days', async () => {
    await ground.writeThreeDays();
    const counts = await count({ fromDay: '2026-03-02', toDay: '2026-03-02' });
    expect(counts.unit).toBe('hour');
    expect(counts.buckets).toHaveLength(24);
    expect(counts.buckets[12]).toMatchObject({ count: 20 });
  });

  it('is bounded, and says so', async () => {
    await ground.writeThreeDays();
    expect(await count({}, { maximumRecordCount: 10 })).toMatchObject({ isComplete: false });
    expect((await count({ fromDay: '1990-01-01' })).buckets).toHaveLength(366);
  });
});

describe('the size of a log', () => {
  it('is told a day by the days that are over', async () => {
    expect(await measureLog(ground.folder)).toEqual({ sizeBytes: 0, dayCount: 0, bytesPerDay: 0 });
    await writeFile(ground.path('2026-03-01.jsonl'), 'x'.repeat(600));
    expect((await measureLog(ground.folder)).bytesPerDay).toBe(600);
    await writeFile(ground.path('2026-03-02.jsonl'), 'x'.repeat(300));
    await writeFile(ground.path('2026-03-04.jsonl'), 'x'.repeat(10));
    expect(await measureLog(ground.folder)).toEqual({
      ...{ sizeBytes: 910, dayCount: 4, bytesPerDay: 300 },
    });
  });
});
