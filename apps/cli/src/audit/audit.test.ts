import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditTrail } from '@strongroom/audit-trail';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createProgram } from '../program.ts';

let dataFolder: string;
beforeEach(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'strongroom-cli-audit-'));
  const key = Buffer.alloc(32, 5);
  await mkdir(join(dataFolder, 'keys'));
  await writeFile(join(dataFolder, 'keys/audit-seal.key'), `${key.toString('hex')}\n`);
  const now = () => new Date('2026-03-01T12:00:00Z');
  const trail = await AuditTrail.open({ folder: join(dataFolder, 'audit'), key, now });
  for (const profileName of ['alice', 'bob', 'alice']) {
    await trail.append({ event: 'access-denied', fields: { profileName, target: 'zoe' } });
  }
  await trail.append({ event: 'signed-out', fields: { profileName: 'alice' } });
  await trail.close();
});
afterEach(() => rm(dataFolder, { recursive: true }));

async function audit(...words: string[]): Promise<{ status: number; lines: string[] }> {
  const lines: string[] = [];
  const program = createProgram({ print: (line) => lines.push(line), hasColors: false });
  const all = ['node', 'strongroom', 'audit', ...words, '--data-folder', dataFolder];
  return { status: await program.run(all), lines };
}

const day = () => join(dataFolder, 'audit/2026-03-01.jsonl');
describe('strongroom audit verify', () => {
  it('exits with 0 where the trail is whole, and prints what to keep elsewhere', async () => {
    const { status, lines } = await audit('verify');
    expect(status).toBe(0);
    expect(lines[0]).toBe('4 events from 2026-03-01 to 2026-03-01');
    const kept = /\d+:[0-9a-f]{64}/.exec(lines[1] ?? '')?.[0] ?? '';
    expect(kept.startsWith('4:')).toBe(true);
    expect((await audit('verify', '--expect', kept)).status).toBe(0);
  });

  it('exits with 1 and names file and line where it is not', async () => {
    const text = await readFile(day(), 'utf8');
    await writeFile(day(), text.replace('bob', 'eve'));
    const { status, lines } = await audit('verify');
    expect(status).toBe(1);
    expect(lines[0]).toMatch(/^2026-03-01\.jsonl:3: /);
  });

  it('exits with 1 where the trail is whole but another than an earlier run printed', async () => {
    expect((await audit('verify', '--expect', `4:${'0'.repeat(64)}`)).status).toBe(1);
    expect((await audit('verify', '--expect', `5:${'0'.repeat(64)}`)).status).toBe(1);
  });

  it('refuses what is no place, and a folder without a key', async () => {
    await expect(audit('verify', '--expect', 'yesterday')).rejects.toThrow(/"yesterday"/);
    await rm(join(dataFolder, 'keys'), { recursive: true });
    await expect(audit('verify')).rejects.toThrow(/ENOENT/);
  });
});

/** What a running control plane says of itself. */
async function withControlPlane(
  last: { sequence: number; hash: string },
  act: () => Promise<void>,
) {
  const log = { sizeBytes: 3_000_000, dayCount: 3, bytesPerDay: 1_000_000 };
  const logs = [
    { log: 'audit-trail', ...log, estimatedBytes: 1_827_000_000 },
    { log: 'flow-log', ...log, estimatedBytes: 1_827_000_000 },
  ];
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ last, sizes: { retentionDays: 1827, logs } }));
  });
  await new Promise<void>((resolve) => server.listen(join(dataFolder, 'operator.sock'), resolve));
  await act().finally(() => new Promise((resolve) => server.close(resolve)));
}

describe('a control plane that runs', () => {
  const place = async () => {
    const [sequence = '', hash = ''] =
      (await audit('verify')).lines[1]?.replace('Last event ', '').split(':') ?? [];
    return { sequence: Number(sequence), hash };
  };

  it('is compared with, so that what it remembers must be in the trail', async () => {
    const { sequence, hash } = await place();
    await withControlPlane({ sequence, hash }, async () => {
      expect((await audit('verify')).status).toBe(0);
    });
    await withControlPlane({ sequence: sequence + 3, hash }, async () => {
      expect((await audit('verify')).status).toBe(1);
    });
  });

  it('says where the trail stands and how large the logs become', async () => {
    await withControlPlane(await place(), async () => {
      const { lines } = await audit('status');
      expect(lines[0]).toMatch(/^Last event 4:[0-9a-f]{64}$/);
      expect(lines).toContain('             about 1827.0 MB for the 1827 days kept');
      const { lines: json } = await audit('status', '--json');
      expect(JSON.parse(json.join('')).sizes.retentionDays).toBe(1827);
    });
    await expect(audit('status')).rejects.toThrow(/not running/);
  });
});

describe('strongroom audit show', () => {
  const sequences = (lines: readonly string[]) => lines.map((line) => line.split('  ')[0]);

  it('prints the latest first, narrowed down by person, event, day and count', async () => {
    expect(sequences((await audit('show')).lines)).toEqual(['4', '3', '2', '1']);
    expect(sequences((await audit('show', '--person', 'bob')).lines)).toEqual(['2']);
    expect(sequences((await audit('show', '--event', 'signed-out')).lines)).toEqual(['4']);
    expect(sequences((await audit('show', '--limit', '2')).lines)).toEqual(['4', '3']);
    expect((await audit('show', '--from', '2026-03-02')).lines).toEqual([]);
    expect((await audit('show', '--to', '2026-02-28')).lines).toEqual([]);
    const [line] = (await audit('show', '--person', 'bob')).lines;
    expect(line).toBe('2  2026-03-01T12:00:00.000Z  access-denied  bob  {"target":"zoe"}');
  });

  it('refuses a limit that is no number', async () => {
    await expect(audit('show', '--limit', 'all')).rejects.toThrow(/"all"/);
  });
});
