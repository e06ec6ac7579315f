import { gitOutput } from './run-git-here.ts';

/** A file's content that the repository does not have yet, where the push first has it. */
export interface NewBlob {
  readonly objectId: string;
  readonly commit: string;
  readonly path: string;
  readonly sizeBytes: number;
}

/** Each once, with the commit that brings it. */
export async function newBlobs(tips: readonly string[]): Promise<NewBlob[]> {
  if (tips.length === 0) return [];
  const words = ['rev-list', '--objects', '--in-commit-order', '--reverse', '--stdin'];
  const listed = await gitOutput([...words, '--not', '--all'], `${tips.join('\n')}\n`);
  const places = new Map<string, { commit: string; path: string }>();
  let commit = '';
  for (const line of listed.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space === -1) commit = line;
    else places.set(line.slice(0, space), { commit, path: line.slice(space + 1) });
  }
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
