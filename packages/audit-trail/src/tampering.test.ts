import { appendFile, cp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TrailGround } from './testing/trail-ground.ts';
import { verifyTrail } from './verify-trail.ts';

const lastDay = '2026-03-03';
/** The trail is verified twice for each byte of it. */
const everyByteMilliseconds = 180_000;
let ground: TrailGround;
beforeEach(async () => {
  ground = await TrailGround.make();
});
afterEach(() => ground.close());

interface Tampering {
  readonly name: string;
  readonly touch: () => Promise<unknown>;
}

const change = async (alter: (lines: string[]) => string[], day?: string) =>
  ground.setLines(alter(await ground.lines(day)), day);
const remove = (...names: string[]) =>
  Promise.all(names.map((name) => rm(ground.path(name), { recursive: true })));
const wipe = async () => remove(...(await readdir(ground.folder)));
const cutEnd = (count: number) => change((lines) => lines.slice(0, -count), lastDay);

const edits: readonly Tampering[] = [
  {
    name: 'an edited field',
    touch: () => change((lines) => lines.map((line) => line.replace('"number":7', '"number":8'))),
  },
  { name: 'a deleted line', touch: () => change((lines) => lines.filter((_, at) => at !== 9)) },
  { name: 'a deleted first line', touch: () => change((lines) => lines.slice(1)) },
  {
    name: 'a line twice',
    touch: () => change((lines) => lines.flatMap((line, at) => (at === 4 ? [line, line] : [line]))),
  },
  {
    name: 'two lines swapped',
    touch: () => change(([a = '', b = '', ...rest]) => [b, a, ...rest]),
  },
  {
    name: 'a line inserted',
    touch: () => change((lines) => [...lines.slice(0, 5), '{"event":"x"}', ...lines.slice(5)]),
  },
  {
    name: 'a cut end of a sealed day',
    touch: () => truncate(ground.path('2026-03-01.jsonl'), 900),
  },
  {
    name: 'a sealed day without its last line',
    touch: () => change((lines) => lines.slice(0, -1)),
  },
  { name: 'a missing day', touch: () => remove('2026-03-02.jsonl') },
  {
    name: 'a missing day with its seal',
    touch: () => remove('2026-03-02.jsonl', '2026-03-02.seal'),
  },
  { name: 'a missing seal', touch: () => remove('2026-03-02.seal') },
  {
    name: 'a forged seal',
    touch: () => writeFile(ground.path('2026-03-02.seal'), '{"body":"{}","mac":"00"}'),
  },
  { name: 'a missing head', touch: () => remove('head.json') },
  { name: 'a forged head', touch: () => writeFile(ground.path('head.json'), '{}') },
  { name: 'the last line gone', touch: () => cutEnd(1) },
  { name: 'the last day gone', touch: () => remove(`${lastDay}.jsonl`) },
  {
    name: 'the last line and the head gone',
    touch: () => Promise.all([cutEnd(1), remove('head.json')]),
  },
  { name: 'everything gone', touch: wipe },
  {
    name: 'something behind the last line',
    touch: () => appendFile(ground.path(`${lastDay}.jsonl`), 'x'),
  },
];

/** What a start that notices nothing would make good. */
const cuts: readonly Tampering[] = [
  { name: 'the last two lines gone', touch: () => cutEnd(2) },
  {
    name: 'five lines gone and the head too',
    touch: () => Promise.all([cutEnd(5), remove('head.json')]),
  },
  {
    name: 'five lines gone and a head without a signature',
    touch: () =>
      Promise.all([cutEnd(5), writeFile(ground.path('head.json'), '{"body":"{}","mac":"00"}')]),
  },
  { name: 'only the head gone', touch: () => remove('head.json') },
];

/** Shown by `npm run test:attacks`. */
async function expectFound(
  { meta }: { meta: object },
  expected: readonly { sequence: number; hash: string }[] = [],
): Promise<void> {
  const problems = await ground.problems(expected);
  const seen = problems.length === 0 ? 'nothing' : `found: ${problems[0]?.slice(0, 70)}`;
  Object.assign(meta, { attack: { expected: 'found', seen } });
  expect(problems).not.toEqual([]);
}

describe('the audit trail, tampered with', () => {
  it.for(edits)('is found out by $name', async ({ touch }, { task }) => {
    await ground.writeThreeDays();
    expect(await ground.problems()).toEqual([]);
    await touch();
    await expectFound(task);
  });

  it.for(cuts)('is found out after a restart by $name', async ({ touch }, { task }) => {
    await ground.writeThreeDays();
    await touch();
    await ground.goOn();
    expect(await ground.events()).toContain('trail-damaged');
    await expectFound(task);
  });

  it('is found out after a restart where the whole folder was emptied', async ({ task }) => {
    await ground.writeThreeDays({ hasAnchor: true });
    await wipe();
    await ground.goOn({ hasAnchor: true });
    expect(await ground.events()).toContain('trail-damaged');
    await expectFound(task);
  });

  it('is found out after a restart where the folder is as it once was', async ({ task }) => {
    await ground.open({ hasAnchor: true });
    await ground.write();
    await ground.trail.close();
    const copy = `${ground.folder}-copy`;
    await cp(ground.folder, copy, { recursive: true });
    await ground.goOn({ hasAnchor: true });
    await wipe();
    await cp(copy, ground.folder, { recursive: true });
    await rm(copy, { recursive: true });
    expect(await ground.problems()).toEqual([]);
    await ground.goOn({ hasAnchor: true });
    await expectFound(task);
  });

  it('is found out by the end of a burst cut while it is written to', async ({ task }) => {
    await ground.open();
    await ground.write(20);
    const head = () => readFile(ground.path('head.json'), 'utf8');
    // The head follows by itself, without a further event and without an end.
    await vi.waitFor(async () => expect(await head()).toContain('\\"sequence\\":20'), 5_000);
    await change((lines) => lines.slice(0, 1));
    await expectFound(task);
  });

  it('is found out by whoever wrote down where it stood', async ({ task }) => {
    await ground.open();
    await ground.write();
    const keptElsewhere = ground.trail.last;
    await ground.trail.close();
    expect(await ground.problems([keptElsewhere])).toEqual([]);
    // Somebody with the seal key makes a trail of their own.
    await wipe();
    await ground.open();
    await ground.write(keptElsewhere.sequence - 1);
    await ground.trail.append({ event: 'forged', fields: {} });
    await ground.trail.close();
    expect(await ground.problems()).toEqual([]);
    await expectFound(task, [keptElsewhere]);
    await wipe();
    await ground.goOn();
    await expectFound(task, [keptElsewhere]);
  });

  it(
    'is found out by a change of any byte, and by a cut at any byte',
    async ({ task }) => {
      await ground.open();
      await ground.write(6);
      await ground.trail.close();
      const path = ground.path('2026-03-01.jsonl');
      const content = await readFile(path);
      for (let at = 0; at < content.length; at += 1) {
        const changed = Buffer.from(content);
        changed[at] = (changed[at] ?? 0) ^ 0x01;
        await writeFile(path, changed);
        expect(await ground.problems(), `byte ${at}`).not.toEqual([]);
        await writeFile(path, content.subarray(0, at));
        expect(await ground.problems(), `cut at ${at}`).not.toEqual([]);
      }
      Object.assign(task.meta, { attack: { expected: 'found', seen: 'found: each of them' } });
      await writeFile(path, content);
      expect(await ground.problems()).toEqual([]);
    },
    everyByteMilliseconds,
  );

  it('cannot be made to verify with another key', async ({ task }) => {
    await ground.writeThreeDays();
    const verdict = await verifyTrail(ground.folder, Buffer.alloc(32, 8));
    Object.assign(task.meta, {
      attack: { expected: 'found', seen: `found: ${verdict.problems.length} problems` },
    });
    expect(verdict.problems.length).toBeGreaterThan(2);
  });
});
