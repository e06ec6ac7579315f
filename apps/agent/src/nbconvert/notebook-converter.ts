import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { type ProgramResult, runPython } from './python-program.ts';
import type { ArchivedFile } from './zip-archive.ts';

const conversionTimeoutMilliseconds = 120_000;
const maximumConversions = 2;
const maximumResultBytes = 256 * 1024 * 1024;

/** Lists what nbconvert offers; each exporter's class tells it without being made. */
const listProgram = `
import json
from nbconvert.exporters.base import get_export_names, get_exporter
formats = {}
for name in get_export_names():
    try:
        formats[name] = {"output_mimetype": get_exporter(name).output_mimetype}
    except Exception:
        pass
print(json.dumps(formats))
`;

export type ExportFormats = Readonly<Record<string, { readonly output_mimetype: string }>>;

/**
 * Converts notebooks with the image's own nbconvert. It runs in the studio's sandbox with the
 * person's rights and never executes the notebook.
 */
export class NotebookConverter {
  #formats: Promise<ExportFormats> | undefined;
  #running = 0;

  /** Empty where the image has no nbconvert. */
  async formats(): Promise<ExportFormats> {
    this.#formats ??= listFormats();
    return await this.#formats;
  }

  /** The files of the result: one, or several where the format keeps images beside the text. */
  async convert(
    notebookPath: string,
    options: { format: string; sanitizeHtml: boolean; signal: AbortSignal },
  ): Promise<ArchivedFile[]> {
    await this.#checkFormat(options.format);
    if (this.#running >= maximumConversions) {
      throw new AgentError(
        'Unavailable',
        'Other notebooks are being converted. Try again in a moment',
      );
    }
    this.#running += 1;
    const folder = await mkdtemp(join(tmpdir(), 'convert-'));
    try {
      const result = await runPython(
        [
          '-m',
          'nbconvert',
          `--to=${options.format}`,
          '--ExecutePreprocessor.enabled=False',
          ...(options.sanitizeHtml ? ['--HTMLExporter.sanitize_html=True'] : []),
          `--output-dir=${folder}`,
          '--log-level=ERROR',
          notebookPath,
        ],
        {
          workingFolder: dirname(notebookPath),
          timeoutMilliseconds: conversionTimeoutMilliseconds,
          signal: options.signal,
        },
      );
      checkResult(result);
      return await collectFiles(folder);
    } finally {
      this.#running -= 1;
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #checkFormat(format: string): Promise<void> {
    const formats = await this.formats();
    if (Object.keys(formats).length === 0) throw notInstalled();
    if (!Object.hasOwn(formats, format)) {
      throw new AgentError('NotFound', `nbconvert has no format "${format}"`);
    }
  }
}

async function listFormats(): Promise<ExportFormats> {
  const result = await runPython(['-c', listProgram], {
    workingFolder: '/',
    timeoutMilliseconds: 30_000,
  });
  if (result.exitCode !== 0) return {};
  const lastLine = result.stdout.trim().split('\n').at(-1) ?? '{}';
  return JSON.parse(lastLine) as ExportFormats;
}

function checkResult(result: ProgramResult): void {
  if (result.missing) throw notInstalled();
  if (result.timedOut) {
    const seconds = conversionTimeoutMilliseconds / 1000;
    throw new AgentError(
      'Unavailable',
      `The conversion took longer than ${seconds} s and was ended`,
    );
  }
  if (result.exitCode === 0) return;
  const lastLine = result.stderr.trim().split('\n').at(-1) ?? '';
  throw new AgentError('NotSupported', `nbconvert could not convert the notebook: ${lastLine}`);
}

function notInstalled(): AgentError {
  return new AgentError(
    'NotSupported',
    'This image has no nbconvert. Choose an image that has it, or download the notebook itself',
  );
}

async function collectFiles(folder: string): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  let sizeBytes = 0;
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    try {
      sizeBytes += (await stat(join(folder, name))).size;
      if (sizeBytes > maximumResultBytes) {
        throw new AgentError('TooLarge', 'The converted notebook is too large to download');
      }
      files.push({ name, bytes: await readFile(join(folder, name)) });
    } catch (error) {
      if (systemErrorCode(error) !== 'EISDIR') throw error;
    }
  }
  if (files.length === 0) throw new AgentError('Internal', 'nbconvert wrote nothing');
  return files;
}
