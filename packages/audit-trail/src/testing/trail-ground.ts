import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChainPlace } from '../audit-line.ts';
import { AuditTrail } from '../audit-trail.ts';
import { readTrail, type TrailQuestion } from '../read-trail.ts';
import { verifyTrail } from '../verify-trail.ts';

export const sealKey = Buffer.alloc(32, 7);
export const firstDay = '2026-03-01';
export const tested = (number: number) => ({
  event: 'tested',
  fields: { number, profileName: 'alice' },
});

/** A trail in a folder of its own, with a clock that a test sets. */
export class TrailGround {
  readonly folder: string;
  now = new Date('2026-03-01T12:00:00Z');
  /** Outside the folder. */
  anchored: ChainPlace | undefined;
  #trail: AuditTrail | undefined;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<TrailGround> {
    return new TrailGround(await mkdtemp(join(tmpdir(), 'strongroom-trail-')));
  }

  get trail(): AuditTrail {
    if (this.#trail === undefined) throw new Error('The trail is not open');
    return this.#trail;
  }

  async open({ hasAnchor = false } = {}): Promise<AuditTrail> {
    const anchor = {
      read: async () => this.anchored,
      write: async (place: ChainPlace) => {
        this.anchored = place;
      },
    };
    const options = { folder: this.folder, key: sealKey, now: () => this.now };
    this.#trail = await AuditTrail.open({ ...options, ...(hasAnchor ? { anchor } : {}) });
    return this.#trail;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  at(time: string): void {
    this.now = new Date(time);
  }

  async write(count = 20): Promise<void> {
    for (let number = 0; number < count; number += 1) await this.trail.append(tested(number));
  }

  /** Two sealed days and the current one, closed. */
  async writeThreeDays(options = { hasAnchor: false }): Promise<void> {
    await this.open(options);
    for (const day of [firstDay, '2026-03-02', '2026-03-03']) {
      this.at(`${day}T12:00:00Z`);
      await this.write();
    }
    await this.trail.close();
  }

  /** What happens when the control plane is started again and goes on. */
  async goOn(options = { hasAnchor: false }): Promise<void> {
    await this.open(options);
    await this.write(5);
    await this.trail.close();
  }

  async lines(day = firstDay): Promise<string[]> {
    return (await readFile(this.path(`${day}.jsonl`), 'utf8')).trimEnd().split('\n');
  }

  async setLines(lines: readonly string[], day = firstDay): Promise<void> {
    await writeFile(this.path(`${day}.jsonl`), lines.map((line) => `${line}\n`).join(''));
  }

  async events(question: TrailQuestion = {}): Promise<string[]> {
    const events: string[] = [];
    for await (const { record } of readTrail(this.folder, question)) events.push(record.event);
    return events;
  }

  async problems(expected: readonly ChainPlace[] = []): Promise<string[]> {
    const verdict = await verifyTrail(this.folder, sealKey, expected);
    return verdict.problems.map(({ file, line, problem }) => `${file}:${line ?? ''} ${problem}`);
  }

  async close(): Promise<void> {
    await this.#trail?.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
