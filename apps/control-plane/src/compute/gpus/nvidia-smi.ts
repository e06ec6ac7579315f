import { execFile } from 'node:child_process';

/** Longer than a driver takes that has to wake its GPUs first. */
const timeoutMilliseconds = 20_000;

export class NvidiaSmiError extends Error {
  override readonly name = 'NvidiaSmiError';
  readonly code: 'NotFound' | 'Failed';

  constructor(code: 'NotFound' | 'Failed', message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}

/**
 * One row a GPU, one string a field, as the driver's own program tells it (`nvidia-smi --help-query-gpu`).
 * `searchPath`: where it is looked for, as `PATH`.
 *
 * @throws {NvidiaSmiError}
 */
export function queryGpus<const Field extends string>(
  fields: readonly Field[],
  searchPath: string,
): Promise<Record<Field, string>[]> {
  const words = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  return run(words, searchPath).then((stdout) => rowsOf(fields, stdout));
}

function run(words: readonly string[], searchPath: string): Promise<string> {
  const options = { timeout: timeoutMilliseconds, env: { PATH: searchPath, LANG: 'C' } };
  return new Promise((resolve, reject) => {
    execFile('nvidia-smi', words, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(explain(error, stdout, stderr));
    });
  });
}

function rowsOf<Field extends string>(fields: readonly Field[], stdout: string) {
  const lines = stdout.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const values = line.split(',').map((value) => value.trim());
    if (values.length !== fields.length) {
      throw new NvidiaSmiError('Failed', `Cannot read GPUs: nvidia-smi said "${line}"`);
    }
    return Object.fromEntries(fields.map((field, index) => [field, values[index] ?? ''])) as Record<
      Field,
      string
    >;
  });
}

/** It tells what is wrong on its standard output. */
function explain(error: Error & { code?: unknown }, stdout: string, stderr: string) {
  if (error.code === 'ENOENT') {
    return new NvidiaSmiError('NotFound', 'Cannot find nvidia-smi', { cause: error });
  }
  const said = `${stdout}\n${stderr}`.trim().split('\n')[0] || error.message;
  return new NvidiaSmiError('Failed', `Cannot read GPUs: ${said}`, { cause: error });
}

/** `undefined` for what the driver answers where it does not know, such as `[N/A]`. */
export function numberOf(text: string): number | undefined {
  const number = Number(text);
  return text !== '' && Number.isFinite(number) ? number : undefined;
}
