import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { ProbeResult } from './probe.ts';

/** What an attack may have made, written down before it is tried. */
const leftoverSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('object'), bucket: z.string(), key: z.string() }),
  z.object({ kind: z.literal('space'), domainId: z.string(), spaceName: z.string() }),
  z.object({ kind: z.literal('tag'), resourceArn: z.string(), tagKey: z.string() }),
]);
export type Leftover = z.infer<typeof leftoverSchema>;

const journalSchema = z.object({
  startedAt: z.string(),
  results: z.array(
    z.object({
      probe: z.string(),
      subject: z.string().optional(),
      state: z.enum(['pass', 'fail', 'unknown']),
      detail: z.string(),
    }),
  ),
  leftovers: z.array(leftoverSchema),
});
type Content = z.infer<typeof journalSchema>;

/**
 * What a check has found so far and what it may have left behind, in a file: a check that was interrupted goes
 * on, and cleans up first.
 */
export class Journal {
  readonly #path: string;
  readonly #content: Content;

  private constructor(path: string, content: Content) {
    this.#path = path;
    this.#content = content;
  }

  /** `resumes`: with what was told before; else only with what is to be cleaned up. */
  static async open(path: string, { resumes }: { readonly resumes: boolean }): Promise<Journal> {
    const before = await read(path);
    const startedAt = new Date().toISOString();
    if (before !== undefined && resumes) return new Journal(path, before);
    return new Journal(path, { startedAt, results: [], leftovers: before?.leftovers ?? [] });
  }

  get leftovers(): readonly Leftover[] {
    return this.#content.leftovers;
  }

  /** What was told of this probe; `undefined` where it is to be asked (again): what is unknown is. */
  resultsOf(probe: string): ProbeResult[] | undefined {
    const found = this.#content.results.filter((result) => result.probe === probe);
    if (found.length === 0 || found.some(({ state }) => state === 'unknown')) return undefined;
    return found.map((result) => ({ ...result, subject: result.subject }));
  }

  async record(probe: string, results: readonly ProbeResult[]): Promise<void> {
    const others = this.#content.results.filter((result) => result.probe !== probe);
    this.#content.results = [...others, ...results];
    await this.#write();
  }

  async willMake(leftover: Leftover): Promise<void> {
    this.#content.leftovers.push(leftover);
    await this.#write();
  }

  /** It is gone, or was never made. */
  async isGone(leftover: Leftover): Promise<void> {
    this.#content.leftovers = this.#content.leftovers.filter((each) => each !== leftover);
    await this.#write();
  }

  async #write(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(`${this.#path}.new`, `${JSON.stringify(this.#content, null, 2)}\n`, {
      mode: 0o600,
    });
    await rename(`${this.#path}.new`, this.#path);
  }
}

async function read(path: string): Promise<Content | undefined> {
  try {
    return journalSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}
