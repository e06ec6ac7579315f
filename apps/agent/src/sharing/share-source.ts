import { scanNotebook } from '@strongroom/content-scan';
import {
  type ShareSourceHeader,
  type ShareSourceRequest,
  shareSourceRequestSchema,
} from '@strongroom/contracts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { parseNotebook, serializeNotebook } from '../contents/notebook.ts';
import { cellsOf, isObject, type JsonObject } from '../contents/notebook-shape.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { AgentError } from '../http/agent-error.ts';

export interface ShareSource {
  readonly header: ShareSourceHeader;
  /** Empty where something in it blocks. */
  readonly notebook: Buffer;
}

const maximumFindings = 200;
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * A notebook of the home on its way out. What may not leave is stopped here, on its owner's side; the
 * platform looks at what comes out as if nobody had.
 *
 * @throws {AgentError} `NotFound`, `Refused`, `TooLarge`, `InvalidNotebook`
 */
export async function readShareSource(home: HomeFolder, asked: unknown): Promise<ShareSource> {
  const wish = shareSourceRequestSchema.safeParse(asked);
  if (!wish.success) throw new AgentError('InvalidRequest', 'This request cannot be understood');
  const { includesOutputs, rules } = wish.data;
  const { bytes, subject } = await readFile(home, wish.data);
  const { notebook: read } = parseNotebook(textOf(bytes, subject), subject);
  const notebook = includesOutputs ? read : withoutOutputs(read);
  const found = await scanNotebook(notebook, rules);
  const blocking = found.filter(({ action }) => action === 'block');
  const leaving = includesOutputs ? bytes : Buffer.from(serializeNotebook(notebook));
  const check = {
    findings: [...blocking, ...found.filter(({ action }) => action !== 'block')].slice(
      0,
      maximumFindings,
    ),
    findingCount: found.length,
    isBlocked: blocking.length > 0,
    sizeBytes: leaving.length,
    cellCount: cellsOf(notebook).length,
  };
  return { header: { check }, notebook: check.isBlocked ? Buffer.alloc(0) : leaving };
}

async function readFile(
  home: HomeFolder,
  { path, maximumBytes }: ShareSourceRequest,
): Promise<{ bytes: Buffer; subject: string }> {
  const subject = home.normalize(path);
  const file = await openRegularFile(await home.resolve(subject), subject);
  try {
    // Before anything of it is read.
    if (file.stats.size > maximumBytes) {
      const limit = Math.floor(maximumBytes / 1024 ** 2);
      const message = `"${subject}" is larger than ${limit} MiB and cannot be shared. Clear its large outputs first`;
      throw new AgentError('TooLarge', message);
    }
    return { bytes: await readWholeFile(file, { maximumBytes, subject }), subject };
  } finally {
    await file.handle.close();
  }
}

function textOf(bytes: Buffer, subject: string): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    const message = `Cannot share "${subject}": the file is not UTF-8 text`;
    throw new AgentError('InvalidNotebook', message, { cause });
  }
}

/** Nothing that came of running it, widgets' saved state included. */
function withoutOutputs(notebook: JsonObject): JsonObject {
  const { widgets: _widgets, ...metadata } = isObject(notebook.metadata) ? notebook.metadata : {};
  return { ...notebook, metadata, cells: cellsOf(notebook).map(withoutOutput) };
}

function withoutOutput(cell: JsonObject): JsonObject {
  if (cell.cell_type !== 'code') return cell;
  const { execution: _execution, ...metadata } = isObject(cell.metadata) ? cell.metadata : {};
  return { ...cell, metadata, outputs: [], execution_count: null };
}
