import { execFileSync } from 'node:child_process';
import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuditTrail } from './audit-trail.ts';
import { readTrail } from './read-trail.ts';
import { verifyTrail } from './verify-trail.ts';

const key = Buffer.alloc(32, 7);
let folder: string;
let now: Date;
let trail: AuditTrail;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-trail-'));
  now = new Date('2026-03-01T12:00:00Z');
  trail = await open();
});
afterEach(async () => {
  await trail.close();
  await rm(folder, { recursive: true, force: true });
});

const open = () => AuditTrail.open({ folder, key, now: () => now });
const day = '2026-03-01';
const file = () => join(folder, `${day}.jsonl`);
const event = (number: number) => ({ event: 'tested', fields: { number, profileName: 'alice' } });

async function writeSome(count = 20): Promise<void> {
  for (let number = 0; number < count; number += 1) await trail.append(event(number));
}

/** Two sealed days and the current one. */
async function writeThreeDays(): Promise<void> {
  await writeSome();
  now = new Date('2026-03-02T12:00:00Z');
  await writeSome();
  now = new Date('2026-03-03T12:00:00Z');
  await writeSome();
  await trail.close();
}

async function problems(): Promise<string[]> {
  const verdict = await verifyTrail(folder, key);
  return verdict.problems.map(
    ({ file: name, line, problem }) => `${name}:${line ?? ''} ${problem}`,
  );
}

describe('the audit trail', () => {
  it('verifies as it was written, also over days and restarts', async () => {
    await writeThreeDays();
    trail = await open();
    await trail.append(event(99));
    await trail.close();
    const verdict = await verifyTrail(folder, key);
    expect(verdict).toMatchObject({
      problems: [],
      lineCount: 61,
      firstDay: day,
      lastDay: '2026-03-03',
    });
    expect(verdict.last).toEqual(trail.last);
    expect((await readdir(folder)).sort()).toEqual([
      ...['2026-03-01.jsonl', '2026-03-01.seal', '2026-03-02.jsonl', '2026-03-02.seal'],
      ...['2026-03-03.jsonl', 'head.json'],
    ]);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
  });

  it('has every event of many at once, each once and in order', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, number) => trail.append(event(number))));
    await trail.close();
    const numbers: unknown[] = [];
    for await (const { record } of readTrail(folder, {})) numbers.push(record.fields.number);
    expect(numbers).toEqual(Array.from({ length: 500 }, (_, index) => 499 - index));
    expect(await problems()).toEqual([]);
  });

  it('has an event on the disk when it says so', async () => {
    await trail.append(event(1));
    expect(await readFile(file(), 'utf8')).toContain('"number":1');
  });

  it('goes on after a crash that left half a line, and says so', async () => {
    await writeSome(3);
    await trail.close();
    await appendFile(file(), '{"sequence":4,"time":"20');
    trail = await open();
    await trail.close();
    expect(await problems()).toEqual([]);
    const [last] = await first(readTrail(folder, {}));
    expect(last?.record).toMatchObject({ sequence: 4, event: 'trail-repaired' });
  });

  it('goes on after a crash between a line and the head', async () => {
    await writeSome(3);
    await trail.close();
    const head = await readFile(join(folder, 'head.json'));
    trail = await open();
    await writeSome(3);
    await trail.close();
    await writeFile(join(folder, 'head.json'), head);
    expect(await problems()).toEqual([]);
  });

  it('does not write into a day that is over when the clock is set back', async () => {
    await writeSome(1);
    now = new Date('2026-03-02T00:00:00Z');
    await writeSome(1);
    now = new Date('2026-03-01T23:00:00Z');
    await trail.append(event(1));
    await trail.close();
    expect((await readFile(join(folder, '2026-03-02.jsonl'), 'utf8')).split('\n')).toHaveLength(3);
  });

  it('is read page after page, by person and by event', async () => {
    await writeThreeDays();
    const [, , third] = await first(readTrail(folder, {}), 3);
    const [next] = await first(readTrail(folder, { cursor: third?.cursor }));
    expect(next?.record.sequence).toBe(57);
    expect(await first(readTrail(folder, { profileName: 'bob' }))).toEqual([]);
    expect(await first(readTrail(folder, { event: 'other' }))).toEqual([]);
    expect((await first(readTrail(folder, { toDay: day })))[0]?.record.sequence).toBe(20);
    expect(await first(readTrail(folder, { fromDay: '2026-03-03' }), 100)).toHaveLength(20);
  });

  it('gives up whole days that were kept long enough, and verifies from there', async () => {
    await writeThreeDays();
    trail = await open();
    expect(await trail.deleteExpired(1)).toEqual([day]);
    await trail.close();
    expect(await problems()).toEqual([]);
    await rm(join(folder, 'start.json'));
    expect(await problems()).not.toEqual([]);
  });
});

describe('a trail that somebody touched', () => {
  const lines = async (name = file()) => (await readFile(name, 'utf8')).trimEnd().split('\n');
  const write = (all: string[], name = file()) => writeFile(name, `${all.join('\n')}\n`);

  it.each<[string, () => Promise<unknown>]>([
    [
      'an edited field',
      async () => write((await lines()).map((line) => line.replace('"number":7', '"number":8'))),
    ],
    ['a deleted line', async () => write((await lines()).filter((_, index) => index !== 9))],
    ['a deleted first line', async () => write((await lines()).slice(1))],
    [
      'a line twice',
      async () =>
        write((await lines()).flatMap((line, index) => (index === 4 ? [line, line] : [line]))),
    ],
    [
      'two lines swapped',
      async () => {
        const [a = '', b = '', ...rest] = await lines();
        await write([b, a, ...rest]);
      },
    ],
    [
      'a line inserted',
      async () => {
        const all = await lines();
        await write([...all.slice(0, 5), '{"event":"x"}', ...all.slice(5)]);
      },
    ],
    ['a cut end of a sealed day', async () => truncate(file(), 900)],
    ['a sealed day without its last line', async () => write((await lines()).slice(0, -1))],
    ['a missing day', async () => rm(join(folder, '2026-03-02.jsonl'))],
    [
      'a missing day with its seal',
      async () => {
        await rm(join(folder, '2026-03-02.jsonl'));
        await rm(join(folder, '2026-03-02.seal'));
      },
    ],
    ['a missing seal', async () => rm(join(folder, '2026-03-02.seal'))],
    [
      'a forged seal',
      async () => writeFile(join(folder, '2026-03-02.seal'), '{"body":"{}","mac":"00"}'),
    ],
    ['a missing head', async () => rm(join(folder, 'head.json'))],
    ['a forged head', async () => writeFile(join(folder, 'head.json'), '{}')],
    [
      'the last line gone',
      async () => {
        const name = join(folder, '2026-03-03.jsonl');
        await write((await lines(name)).slice(0, -1), name);
      },
    ],
    ['the last day gone', async () => rm(join(folder, '2026-03-03.jsonl'))],
    [
      'everything gone',
      async () => {
        for (const name of await readdir(folder)) await rm(join(folder, name));
      },
    ],
    [
      'something behind the last line',
      async () => appendFile(join(folder, '2026-03-03.jsonl'), 'x'),
    ],
  ])('is found out by %s', async (_, touch) => {
    await writeThreeDays();
    expect(await problems()).toEqual([]);
    await touch();
    expect(await problems()).not.toEqual([]);
  });

  it('is still found out after the control plane has gone on with it', async () => {
    await writeThreeDays();
    const name = join(folder, '2026-03-03.jsonl');
    await write((await lines(name)).slice(0, -2), name);
    trail = await open();
    await writeSome(5);
    await trail.close();
    expect(await problems()).not.toEqual([]);
    const events: string[] = [];
    for await (const { record } of readTrail(folder, { fromDay: '2026-03-03' }))
      events.push(record.event);
    expect(events).toContain('trail-damaged');
  });

  it('is found out by a change of any byte, and by a cut at any byte', async () => {
    await writeSome(6);
    await trail.close();
    const content = await readFile(file());
    for (let at = 0; at < content.length; at += 1) {
      const changed = Buffer.from(content);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      await writeFile(file(), changed);
      expect(await problems(), `byte ${at}`).not.toEqual([]);
      await writeFile(file(), content.subarray(0, at));
      expect(await problems(), `cut at ${at}`).not.toEqual([]);
    }
    await writeFile(file(), content);
    expect(await problems()).toEqual([]);
  });

  it('cannot be made to verify with another key', async () => {
    await writeThreeDays();
    expect((await verifyTrail(folder, Buffer.alloc(32, 8))).problems.length).toBeGreaterThan(2);
  });
});

describe.skipIf(process.getuid?.() !== 0)(
  'a full disk (a file system is mounted, which root alone may)',
  () => {
    it('refuses what it cannot write, leaves nothing of it, and goes on when there is room', async () => {
      const small = join(folder, 'small');
      await mkdir(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]);
      try {
        const own = await AuditTrail.open({ folder: small, key, now: () => now });
        await own.append(event(1));
        await writeFile(join(small, 'filler'), Buffer.alloc(1024 * 1024)).catch(() => undefined);
        const large = { event: 'large', fields: { text: 'x'.repeat(8_192) } };
        await expect(own.append(large)).rejects.toMatchObject({ code: 'AuditUnavailable' });
        await expect(own.append(large)).rejects.toMatchObject({ code: 'AuditUnavailable' });
        await rm(join(small, 'filler'));
        await own.append(event(2));
        await own.close();
        const verdict = await verifyTrail(small, key);
        expect(verdict).toMatchObject({ problems: [], lineCount: 2 });
      } finally {
        execFileSync('umount', [small]);
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
