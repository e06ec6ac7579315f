import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { systemErrorCode } from '../http/system-error.ts';
import { replaceFile } from './atomic-write.ts';
import { cellsOf, isObject, type JsonObject, outputsOf } from './notebook-shape.ts';

const maximumSignatures = 20_000;

/**
 * Which notebooks' outputs the person has produced or accepted (Jupyter's notebook trust). HTML and
 * JavaScript of an untrusted notebook is not run by Lab when it opens. A notebook whose every output
 * was trusted when it was saved is remembered by an HMAC over the saved file's hash.
 */
export class NotebookTrust {
  readonly #folder: string;
  #secret: Promise<Buffer> | undefined;
  #signatures: Promise<Set<string>> | undefined;

  /** `homeFolder`: signatures lie in its `.local/share/strongroom`. */
  constructor(homeFolder: string) {
    this.#folder = join(homeFolder, '.local', 'share', 'strongroom');
  }

  /** Before a notebook is sent: tells Lab whether its outputs may run. `sha256` is the file's. */
  async mark(notebook: JsonObject, sha256: string): Promise<void> {
    const codeCells = cellsOf(notebook).filter((cell) => cell.cell_type === 'code');
    if (codeCells.length === 0) return;
    const trusted = (await this.#readSignatures()).has(await this.#sign(sha256));
    for (const cell of codeCells) {
      if (isObject(cell.metadata)) cell.metadata.trusted = trusted || !hasRichOutput(cell);
    }
  }

  /** After `notebook`, as Lab sent it, was saved to a file of this hash. */
  async remember(notebook: JsonObject, sha256: string): Promise<void> {
    const cells = cellsOf(notebook).filter((cell) => cell.cell_type === 'code');
    if (!cells.some(hasRichOutput)) return;
    if (!cells.every((cell) => isTrusted(cell) || !hasRichOutput(cell))) return;
    const signatures = await this.#readSignatures();
    const signature = await this.#sign(sha256);
    if (signatures.has(signature)) return;
    signatures.add(signature);
    await this.#writeSignatures(signatures);
  }

  async #sign(sha256: string): Promise<string> {
    this.#secret ??= this.#loadSecret();
    return createHmac('sha256', await this.#secret)
      .update(sha256)
      .digest('hex');
  }

  async #loadSecret(): Promise<Buffer> {
    const path = join(this.#folder, 'notebook-secret');
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    try {
      await writeFile(path, randomBytes(32), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
    }
    return await readFile(path);
  }

  async #readSignatures(): Promise<Set<string>> {
    this.#signatures ??= readFile(this.#signaturesPath, 'utf8').then(
      (text) => new Set(text.split('\n').filter((line) => line !== '')),
      () => new Set<string>(),
    );
    return await this.#signatures;
  }

  async #writeSignatures(signatures: Set<string>): Promise<void> {
    for (const oldest of signatures) {
      if (signatures.size <= maximumSignatures) break;
      signatures.delete(oldest);
    }
    await mkdir(dirname(this.#signaturesPath), { recursive: true, mode: 0o700 });
    await replaceFile(this.#signaturesPath, 0o600, async (handle) => {
      await handle.writeFile(`${[...signatures].join('\n')}\n`);
    });
  }

  get #signaturesPath(): string {
    return join(this.#folder, 'trusted-notebooks');
  }
}

function isTrusted(cell: JsonObject): boolean {
  return isObject(cell.metadata) && cell.metadata.trusted === true;
}

/** Streams and errors are shown as text; anything with a bundle of types may be active content. */
function hasRichOutput(cell: JsonObject): boolean {
  return outputsOf(cell).some((output) => output.data !== undefined);
}
