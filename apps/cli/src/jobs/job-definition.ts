import { basename } from 'node:path';
import { type JobDefinition, jobDefinitionSchema } from '@strongroom/contracts';
import { printable } from '../s3/printable.ts';

/** As the words of the command line say it. */
export interface JobWords {
  readonly notebookPath: string;
  readonly name?: string;
  readonly parameter?: readonly string[];
  readonly kernel?: string;
  readonly image?: string;
  readonly instanceType?: string;
  /** A folder of the home, or `s3://<bucket>/<prefix>`. */
  readonly output?: string;
  readonly retries: string;
  readonly maximumMinutes: string;
}

/** @throws {Error} naming what is not usable */
export function toJobDefinition(words: JobWords): JobDefinition {
  const { notebookPath, name = basename(notebookPath, '.ipynb') } = words;
  const parsed = jobDefinitionSchema.safeParse({
    ...{ name, notebookPath, parameters: toParameters(words.parameter ?? []) },
    ...{ kernelName: words.kernel ?? null, imageName: words.image ?? null },
    ...{ instanceType: words.instanceType ?? null, output: toOutput(words.output ?? '') },
    ...{ maximumRetries: Number(words.retries), maximumMinutes: Number(words.maximumMinutes) },
  });
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Error(`Cannot run "${printable(notebookPath)}": ${where} is not usable`);
}

/** `true`, `false` and what is a number are not text; quotes make text of them. */
function toParameters(words: readonly string[]): JobDefinition['parameters'] {
  const pairs = words.map((word): [string, string | number | boolean] => {
    const place = word.indexOf('=');
    if (place < 1)
      throw new Error(`Cannot use "${printable(word)}": a parameter is <name>=<value>`);
    return [word.slice(0, place), toValue(word.slice(place + 1))];
  });
  return Object.fromEntries(pairs);
}

function toValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
  const quoted = /^"(.*)"$/s.exec(text);
  return quoted?.[1] ?? text;
}

function toOutput(place: string) {
  const match = /^s3:\/\/([^/]+)\/?(.*)$/.exec(place);
  if (match === null) return { kind: 'home', folder: place.replace(/\/$/, '') };
  const [, bucket, prefix] = match;
  return { kind: 'bucket', bucket, prefix };
}
