import { execFileSync } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from './audit-trail.ts';
import { readTrail } from './read-trail.ts';
import { firstDay, sealKey, TrailGround, tested } from './testing/trail-ground.ts';
import { verifyTrail } from './verify-trail.ts';

let ground: TrailGround;
beforeEach(async () => {
  ground = await TrailGround.make();
});
afterEach(() => ground.close());
const file = () => ground.path(`${firstDay}.jsonl`);

describe('the audit trail', () => {
  it('verifies as it was written, also over days and restarts', async () => {
    await ground.writeThreeDays();
    await ground.open();
    await ground.trail.append(tested(99));
    await ground.trail.close();
    const verdict = await verifyTrail(ground.folder, sealKey);
    expect(verdict).toMatchObject({
      problems: [],
      lineCount: 61,
      firstDay,
      lastDay: '2026-03-03',
    });
    expect(verdict.last).toEqual(ground.trail.last);
    expect((await readdir(ground.folder)).sort()).toEqual([
      ...['2026-03-01.jsonl', '2026-03-01.seal', '2026-03-02.jsonl', '2026-03-02.seal'],
      ...['2026-03-03.jsonl', 'head.json'],
    ]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('has every event of many at once, each once and in order', async () => {
    await ground.open();
    await Promise.all(
      Array.from({ length: 500 }, (_, number) => ground.trail.append(tested(number))),
    );
    await ground.trail.close();
    const numbers: unknown[] = [];
    for await (const { record } of readTrail(ground.folder, {})) numbers.push(record.fields.number);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => 499 - index));
    expect(await ground.problems()).toEqual([]);
  });

  it('has an event on the disk when it says so', async () => {
    await ground.open();
    await ground.trail.append(tested(1));
    expect(await readFile(file(), 'utf8')).toContain('"number":1');
  });

  it('goes on after a crash that left half a line, and says so', async () => {
    await ground.open();
    await ground.write(3);
    await ground.trail.close();
    await appendFile(file(), '{"sequence":4,"time":"20');
    await ground.open();
    await ground.trail.close();
    expect(await ground.problems()).toEqual([]);
    const [last] = await first(readTrail(ground.folder, {}));
    expect(last?.record).toMatchObject({ sequence: 4, event: 'trail-repaired' });
  });

  it('goes on after a crash between a line and the head', async () => {
    await ground.open();
    await ground.write(3);
    await ground.trail.close();
    const head = await readFile(ground.path('head.json'));
    await ground.open();
    await ground.write(3);
    await ground.trail.close();
    await writeFile(ground.path('head.json'), head);
    expect(await ground.problems()).toEqual([]);
  });

  it('is read page after page, by person and by event', async () => {
    await ground.writeThreeDays();
    const [, , third] = await first(readTrail(ground.folder, {}), 3);
    const [next] = await first(readTrail(ground.folder, { cursor: third?.cursor }));
    expect(next?.record.sequence).toBe(57);
    expect(await first(readTrail(ground.folder, { profileName: 'bob' }))).toEqual([]);
    expect(await first(readTrail(ground.folder, { event: 'other' }))).toEqual([]);
    expect((await first(readTrail(ground.folder, { toDay: firstDay })))[0]?.record.sequence).toBe(
      20,
    );
    expect(await first(readTrail(ground.folder, { fromDay: '2026-03-03' }), 100)).toHaveLength(20);
  });
});

describe.skipIf(process.getuid?.() !== 0)(
  'a full disk (a file system is mounted, which root alone may)',
  () => {
    it('refuses what it cannot write, leaves nothing of it, and goes on when there is room', async () => {
      const small = await mkdtemp(join(tmpdir(), 'strongroom-small-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]);
      try {
        const own = await AuditTrail.open({ folder: small, key: sealKey, now: () => ground.now });
        await own.append(tested(1));
        await writeFile(join(small, 'filler'), Buffer.alloc(1024 * 1024)).catch(() => undefined);
        const large = { event: 'large', fields: { text: 'x'.repeat(8_192) } };
        await expect(own.append(large)).rejects.toMatchObject({ code: 'AuditUnavailable' });
        await expect(own.append(large)).rejects.toMatchObject({ code: 'AuditUnavailable' });
        await rm(join(small, 'filler'));
        await own.append(tested(2));
        await own.close();
        const verdict = await verifyTrail(small, sealKey);
        expect(verdict).toMatchObject({ problems: [], lineCount: 2 });
      } finally {
        execFileSync('umount', [small]);
        await rm(small, { recursive: true });
      }
    });
  },
);

async function first<Item>(items: AsyncIterable<Item>, count = 1): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length === count) break;
  }
  return found;
}
