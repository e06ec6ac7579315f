import { spawn } from 'node:child_process';
import { linesOf } from '../push/lines-of.ts';
import { gitOutput } from './run-git-here.ts';

/** A file's content that the repository does not have yet, where the push first has it. */
export interface NewBlob {
  readonly objectId: string;
  readonly commit: string;
  readonly path: string;
  readonly sizeBytes: number;
}

interface Place {
  readonly commit: string;
  readonly path: string;
}

/** No system could check a longer one out (PATH_MAX); folders in folders would make paths without end. */
const maximumPathCharacters = 4_096;

/** Each once, with the commit that brings it. */
export async function newBlobs(tips: readonly string[]): Promise<NewBlob[]> {
  if (tips.length === 0) return [];
  const places = await newObjects(tips);
  if (places.size === 0) return [];
  const format = '--batch-check=%(objectname) %(objecttype) %(objectsize)';
  const described = await gitOutput(['cat-file', format], `${[...places.keys()].join('\n')}\n`);
  return described
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [objectId = '', type, size] = line.split(' ');
      const place = places.get(objectId);
      if (type !== 'blob' || place === undefined) return [];
      return [{ objectId, ...place, sizeBytes: Number(size) }];
    });
}

/** Everything but commits, oldest commit first. @throws {Error} where a path is too long */
async function newObjects(tips: readonly string[]): Promise<Map<string, Place>> {
  const words = ['rev-list', '--objects', '--in-commit-order', '--reverse', '--stdin'];
  const child = spawn('git', [...words, '--not', '--all'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => undefined).end(`${tips.join('\n')}\n`);
  const places = new Map<string, Place>();
  let commit = '';
  for await (const line of linesOf(child.stdout)) {
    const space = line.indexOf(' ');
    if (space === -1) commit = line;
    else places.set(line.slice(0, space), { commit, path: line.slice(space + 1) });
    if (line.length <= maximumPathCharacters) continue;
    child.kill('SIGKILL');
    throw new Error('a path in it is too long');
  }
  if ((await closed) === 0) return places;
  throw new Error('its history could not be read');
}
