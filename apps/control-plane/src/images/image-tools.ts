import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { imageErrors } from './image-errors.ts';

/** The programs of Debian that fetch and unpack images; a test may name others. */
export interface ImageTools {
  readonly skopeo: string;
  readonly umoci: string;
}

export const debianImageTools: ImageTools = { skopeo: 'skopeo', umoci: 'umoci' };

const run = promisify(execFile);
const maximumOutputBytes = 8 * 1024 * 1024;
const keptDetailCharacters = 500;

/** What skopeo needs of our environment: proxies, the operator's registry credentials, trust. */
const passedVariables =
  /^(?:PATH|HOME|XDG_RUNTIME_DIR|REGISTRY_AUTH_FILE|SSL_CERT_(?:FILE|DIR)|(?:https?|no|all)_proxy)$/i;

export interface ToolRun {
  readonly signal?: AbortSignal | undefined;
  /** Where it may put what it needs in between. */
  readonly temporaryFolder: string;
}

/**
 * Runs a tool without a shell; resolves to what it printed.
 *
 * @throws {ImageError} `ToolsMissing`
 * @throws {ToolError} where it fails, with what it said last
 */
export async function runImageTool(
  tool: string,
  words: readonly string[],
  { signal, temporaryFolder }: ToolRun,
): Promise<string> {
  try {
    const { stdout } = await run(tool, [...words], {
      env: { ...passedEnvironment(), TMPDIR: temporaryFolder, LC_ALL: 'C' },
      cwd: temporaryFolder,
      maxBuffer: maximumOutputBytes,
      ...(signal === undefined ? {} : { signal }),
    });
    return stdout;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw imageErrors.toolsMissing(tool);
    signal?.throwIfAborted();
    throw new ToolError(detailOf(error), { cause: error });
  }
}

/** A tool failed; the message is its own last line. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}

function passedEnvironment(): Record<string, string> {
  const passed = Object.entries(process.env).filter(([name]) => passedVariables.test(name));
  return Object.fromEntries(passed.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Its last line without what drives a terminal; skopeo writes `… msg="…"`. */
function detailOf(error: unknown): string {
  const said = (error as { stderr?: unknown }).stderr;
  const lines = typeof said === 'string' ? said.trim().split('\n') : [];
  const last = lines.at(-1) ?? '';
  const message = /msg="((?:[^"\\]|\\.)*)"/.exec(last)?.[1]?.replaceAll('\\"', '"') ?? last;
  const plain = message.replace(/\p{Cc}|\p{Cf}/gu, ' ').trim();
  return (plain === '' ? 'no reason was given' : plain).slice(0, keptDetailCharacters);
}
