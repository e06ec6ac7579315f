import type { Contents } from '@jupyterlab/services';
import type { BucketApi } from './bucket-api.ts';
import type { StoredEntry } from './entry.ts';
import { homePathOf, joinPath, lastName } from './place.ts';

export interface FoundObject {
  readonly bucket: string;
  readonly key: string;
  /** Below the folder that what was chosen is copied to. */
  readonly homePath: string;
  readonly sizeBytes: number;
}

/** Every object that was chosen, by itself or within a folder. */
export async function* objectsOf(
  api: Pick<BucketApi, 'listFolder'>,
  entry: StoredEntry,
): AsyncGenerator<FoundObject> {
  const { bucket } = entry;
  if (entry.kind === 'object') {
    const { key, sizeBytes, name } = entry;
    yield { bucket, key, sizeBytes, homePath: homePathOf(name) };
    return;
  }
  const start = entry.prefix.length - lastName(entry.prefix).length - 1;
  const prefixes = [entry.prefix];
  for (let prefix = prefixes.pop(); prefix !== undefined; prefix = prefixes.pop()) {
    let continuationToken: string | null = null;
    do {
      const page = await api.listFolder(bucket, prefix, continuationToken);
      for (const { key, sizeBytes } of page.objects) {
        yield { bucket, key, sizeBytes, homePath: homePathOf(key.slice(start)) };
      }
      prefixes.push(...page.folders);
      continuationToken = page.continuationToken;
    } while (continuationToken !== null);
  }
}

export interface FoundFile {
  readonly path: string;
  /** Below the prefix that what was chosen is copied to. */
  readonly relativeKey: string;
  readonly sizeBytes: number;
}

/** Every file that was chosen in a home, by itself or within a folder. */
export async function* filesOf(
  contents: Pick<Contents.IManager, 'get'>,
  path: string,
  above = '',
): AsyncGenerator<FoundFile> {
  const model = await contents.get(path, { content: false });
  const relativeKey = joinPath(above, lastName(path));
  if (model.type !== 'directory') {
    yield { path, relativeKey, sizeBytes: model.size ?? 0 };
    return;
  }
  const { content } = await contents.get(path, { content: true });
  for (const each of content as readonly Contents.IModel[]) {
    yield* filesOf(contents, each.path, relativeKey);
  }
}
