import { createHash } from 'node:crypto';
import { lstat } from 'node:fs/promises';
import { replaceFile } from '../contents/atomic-write.ts';
import { nativePath } from '../contents/file-name.ts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { parseNotebook, serializeNotebook } from '../contents/notebook.ts';
import type { NotebookTrust } from '../contents/notebook-trust.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { writeFully } from '../contents/pour-file.ts';
import { maximumContentBytes } from '../contents/read-content.ts';
import { findWriteTarget } from '../contents/save-content.ts';
import type { InTurn } from '../in-turn.ts';
import type { ExecutionRecord } from './execution-record.ts';
import { FileVersions } from './file-versions.ts';
import { mergeExecutions } from './merge-executions.ts';

/** Writes what came of executions into notebook files, as a page would have saved it. */
export class NotebookFile {
  readonly versions = new FileVersions();
  readonly #home: HomeFolder;
  readonly #trust: NotebookTrust;
  readonly #writes: InTurn;
  /** By API path, the hash of what a page has and that of what we made of it. */
  readonly #merged = new Map<string, { readonly known: string; readonly written: string }>();

  constructor(options: { home: HomeFolder; trust: NotebookTrust; writes: InTurn }) {
    this.#home = options.home;
    this.#trust = options.trust;
    this.#writes = options.writes;
  }

  /** Whether it is done: not where another program wrote at the same time. Throws what keeps it from it. */
  async merge(apiPath: string, records: readonly ExecutionRecord[]): Promise<boolean> {
    const { path } = await findWriteTarget(this.#home, apiPath);
    return await this.#writes.run(path, () => this.#mergeLocked(apiPath, records));
  }

  /** A page has read or saved all of it: that is the version it has. */
  async noteRead(apiPath: string): Promise<void> {
    this.#merged.delete(apiPath);
    try {
      await this.versions.note(await this.#home.resolve(apiPath));
    } catch {
      // It is gone again. A version that is not known is treated with care.
    }
  }

  /**
   * What a page that was away shall compare with: where nobody else has read the notebook since, its
   * own version, so that it is not asked about a change that is only its own outputs.
   */
  hashFor(apiPath: string, hash: string): string {
    const merged = this.#merged.get(apiPath);
    return merged?.written === hash ? merged.known : hash;
  }

  async #mergeLocked(apiPath: string, records: readonly ExecutionRecord[]): Promise<boolean> {
    const { path, mode } = await findWriteTarget(this.#home, apiPath);
    const file = await openRegularFile(path, apiPath);
    let bytes: Buffer;
    try {
      bytes = await readWholeFile(file, { maximumBytes: maximumContentBytes, subject: apiPath });
    } finally {
      await file.handle.close();
    }
    const before = hashOf(bytes);
    const { notebook } = parseNotebook(bytes.toString('utf8').replace(/^\ufeff/, ''), apiPath);
    await this.#trust.mark(notebook, before);
    if (!mergeExecutions(notebook, records, this.versions.knows(file.stats))) return true;
    const written = Buffer.from(serializeNotebook(notebook));
    if (written.equals(bytes)) return true;
    const stats = await lstat(nativePath(path));
    if (!FileVersions.areSame(stats, file.stats)) return false;
    await replaceFile(path, mode, (handle) => writeFully(handle, written));
    const after = hashOf(written);
    this.#merged.set(apiPath, { known: this.hashFor(apiPath, before), written: after });
    await this.versions.note(path);
    await this.#trust.remember(notebook, after);
    return true;
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
