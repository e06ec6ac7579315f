import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { followSandboxOutput } from './sandbox-output.ts';
import { collectLog } from './testing/collected-log.ts';
import { eventually } from './testing/eventually.ts';

describe('what a sandbox writes', () => {
  it('is logged line by line, and its end is remembered', async () => {
    const stream = new PassThrough();
    const log = collectLog();
    const output = followSandboxOutput([stream], log, { appId: 'x' });
    for (const piece of ['one\ntw', 'o\nlast']) stream.write(piece);
    stream.end();
    await once(stream, 'end');
    expect(output.tail()).toBe('one\ntwo\nlast');
    expect(log.lines).toHaveLength(3);
  });

  it('cannot fill the log', async () => {
    const stream = new PassThrough();
    const log = collectLog();
    let now = 0;
    followSandboxOutput([stream], log, {}, () => now);
    stream.write(`${'x'.repeat(5_000_000)}\n`);
    stream.write('line\n'.repeat(100_000));
    await eventually(() => stream.readableLength).toBe(0);
    expect(log.lines).toHaveLength(100);
    expect(Math.max(...log.lines.map((line) => line.length))).toBeLessThan(1200);
    now = 10_000;
    stream.end('after\n');
    await once(stream, 'end');
    expect(log.lines.at(-2)).toContain('leftOutCount');
    expect(log.lines.at(-1)).toContain('after');
  });

  it('is not held in memory when it has no line ends', async () => {
    const stream = new PassThrough();
    const output = followSandboxOutput([stream], collectLog(), {});
    for (let count = 0; count < 100; count += 1) stream.write('y'.repeat(100_000));
    stream.end();
    await once(stream, 'end');
    expect(output.tail().length).toBeLessThanOrEqual(1000);
  });
});
