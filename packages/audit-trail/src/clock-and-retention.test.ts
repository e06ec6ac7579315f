import { cp, readdir, rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstDay, TrailGround, tested } from './testing/trail-ground.ts';

let ground: TrailGround;
beforeEach(async () => {
  ground = await TrailGround.make();
});
afterEach(() => ground.close());

const daysOfFiles = async () =>
  (await readdir(ground.folder)).filter((name) => name.endsWith('.jsonl')).sort();

describe('a clock', () => {
  it('that is set back over midnight does not reopen a day, says so, and the trail verifies', async () => {
    await ground.open();
    ground.at('2026-03-02T00:00:00Z');
    await ground.write(1);
    ground.at('2026-03-01T23:59:58Z');
    await ground.write(2);
    await ground.trail.close();
    await ground.open();
    await ground.write(1);
    await ground.trail.close();
    expect(await daysOfFiles()).toEqual(['2026-03-02.jsonl']);
    expect((await ground.events()).filter((event) => event === 'clock-set-back')).toHaveLength(1);
    expect(await ground.problems()).toEqual([]);
  });

  it('that was far ahead for a while does not pin what follows to a day to come', async () => {
    await ground.open();
    await ground.write(2);
    ground.at('2035-01-01T00:00:00Z');
    await ground.write(2);
    await ground.trail.close();
    ground.at('2026-03-01T13:00:00Z');
    await ground.open();
    await ground.write(2);
    await ground.trail.close();
    expect(await daysOfFiles()).toEqual(['2026-03-01.jsonl', '2026-03-02.jsonl']);
    expect(await ground.events()).toContain('clock-set-back');
    expect(await ground.problems()).toEqual([]);
    ground.at('2026-03-03T12:00:00Z');
    await ground.goOn();
    expect(await ground.problems()).toEqual([]);
  });

  it('that is far ahead costs no day that has to be kept', async () => {
    await ground.writeThreeDays();
    ground.at('2035-01-01T00:00:00Z');
    await ground.open();
    expect(await ground.trail.deleteExpired(365)).toEqual([]);
    await ground.trail.append(tested(1));
    expect(await ground.trail.deleteExpired(365)).toEqual([]);
  });

  it('that was right excuses no day under another name', async () => {
    await ground.writeThreeDays();
    await cp(ground.path('2026-03-03.jsonl'), ground.path('2026-03-04.jsonl'));
    await rm(ground.path('2026-03-03.jsonl'));
    expect(await ground.problems()).not.toEqual([]);
  });
});

describe('days that were kept long enough', () => {
  it('are given up whole, after that is written down, and the trail verifies from there', async () => {
    await ground.writeThreeDays();
    await ground.open();
    expect(await ground.trail.deleteExpired(1)).toEqual([firstDay]);
    await ground.trail.close();
    expect((await ground.events())[0]).toBe('trail-expired');
    expect(await ground.problems()).toEqual([]);
    await rm(ground.path('start.json'));
    expect(await ground.problems()).not.toEqual([]);
  });

  it('stay where it cannot be written down', async () => {
    await ground.writeThreeDays();
    await ground.open();
    await ground.trail.close();
    await expect(ground.trail.deleteExpired(1)).rejects.toMatchObject({ code: 'AuditUnavailable' });
    expect(await daysOfFiles()).toContain(`${firstDay}.jsonl`);
  });

  it.each([
    ['its seal', [`${firstDay}.seal`]],
    ['its file and its seal', [`${firstDay}.jsonl`, `${firstDay}.seal`]],
  ])('are no damage where a crash left %s', async (_, left) => {
    await ground.writeThreeDays();
    const copy = `${ground.folder}-copy`;
    await cp(ground.folder, copy, { recursive: true });
    await ground.open();
    await ground.trail.deleteExpired(1);
    for (const name of left) await cp(`${copy}/${name}`, ground.path(name));
    await rm(copy, { recursive: true });
    expect(await ground.problems()).toEqual([]);
    expect(await ground.trail.deleteExpired(1)).toEqual([]);
    expect(await readdir(ground.folder)).not.toContain(`${firstDay}.seal`);
    expect(await daysOfFiles()).not.toContain(`${firstDay}.jsonl`);
    await ground.trail.close();
    expect(await ground.problems()).toEqual([]);
  });

  it('are given up as far as their seals hold, and that is written down', async () => {
    await ground.writeThreeDays();
    ground.at('2026-03-04T12:00:00Z');
    await ground.goOn();
    await rm(ground.path('2026-03-02.seal'));
    await ground.open();
    expect(await ground.trail.deleteExpired(1)).toEqual([firstDay]);
    expect((await ground.events())[0]).toBe('trail-expired');
    expect(await daysOfFiles()).toContain('2026-03-02.jsonl');
  });
});
