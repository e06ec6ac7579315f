import type { Contents } from '@jupyterlab/services';
import type { BucketApi } from './bucket-api.ts';
import type { BucketsModel } from './buckets-model.ts';
import { copyToBucket, copyToHome } from './copy-object.ts';
import { askConflict, confirmDelete } from './dialogs.ts';
import type { StoredEntry } from './entry.ts';
import type { Texts } from './failure-text.ts';
import { Home } from './home.ts';
import { homePathOf, joinPath, lastName, type Place } from './place.ts';
import { type Arrival, resolveConflicts } from './resolve-conflicts.ts';
import type { Transfers } from './transfers.ts';
import { type FoundFile, type FoundObject, filesOf, objectsOf } from './walk.ts';

export interface BucketActionsOptions {
  readonly api: BucketApi;
  readonly contents: Contents.IManager;
  readonly model: BucketsModel;
  readonly transfers: Transfers;
  readonly trans: Texts;
  /** What could not even be begun. */
  readonly tellFailure: (error: unknown) => void;
}

/** What a person does with buckets in Lab. None of it rejects: how it went is shown. */
export class BucketActions {
  readonly #options: BucketActionsOptions;

  constructor(options: BucketActionsOptions) {
    this.#options = options;
  }

  /** From a bucket to a folder of the home. */
  copyToHome(entries: readonly StoredEntry[], folder: string): Promise<void> {
    return this.#attempt(async () => {
      const { api, contents, transfers, trans } = this.#options;
      const home = new Home(contents);
      const items = entries.map((entry) => ({
        ...{ entry, name: homePathOf(entry.name), isFolder: entry.kind === 'folder' },
      }));
      const arrivals = await resolveConflicts(items, {
        isTaken: async (name) => (await home.find(joinPath(folder, name))) !== undefined,
        ask: (question) => askConflict(question, trans),
      });
      if (arrivals === null || arrivals.length === 0) return;
      const what = this.#nameOf(arrivals);
      await transfers.run({
        label: trans.__('Copying %1 to the home', what),
        doneText: trans.__('Copied %1 to %2', what, `/${folder}`),
        work: async ({ signal, onBytes, setTotal }) => {
          const found: (FoundObject & { readonly path: string })[] = [];
          for (const { item, name } of arrivals) {
            for await (const object of objectsOf(api, item.entry)) {
              signal.throwIfAborted();
              if (isFolderMark(object)) continue;
              const path = joinPath(folder, renamed(object.homePath, name));
              found.push({ ...object, path });
            }
          }
          setTotal(totalOf(found));
          for (const { path, ...place } of found) {
            await home.makeFoldersAbove(path, folder);
            await copyToHome({ api, contents }, { place, path }, { signal, onBytes });
          }
        },
      });
    });
  }

  /** From the home to a folder of a bucket. */
  copyToBucket(paths: readonly string[], place: NonNullable<Place>): Promise<void> {
    return this.#attempt(async () => {
      const { api, contents, transfers, trans, model } = this.#options;
      const { bucket, prefix } = place;
      const items = await Promise.all(
        paths.map(async (path) => {
          const { type } = await contents.get(path, { content: false });
          return { path, name: lastName(path), isFolder: type === 'directory' };
        }),
      );
      const arrivals = await resolveConflicts(items, {
        isTaken: (name, { isFolder }) =>
          isFolder
            ? this.#hasFolder(bucket, `${prefix}${name}/`)
            : api.has({ bucket, key: prefix + name }),
        ask: (question) => askConflict(question, trans),
      });
      if (arrivals === null || arrivals.length === 0) return;
      const what = this.#nameOf(arrivals);
      await transfers.run({
        label: trans.__('Copying %1 to %2', what, bucket),
        doneText: trans.__('Copied %1 to %2', what, `s3://${bucket}/${prefix}`),
        work: async ({ signal, onBytes, setTotal }) => {
          const found: (FoundFile & { readonly key: string })[] = [];
          for (const { item, name } of arrivals) {
            for await (const file of filesOf(contents, item.path)) {
              signal.throwIfAborted();
              found.push({ ...file, key: prefix + renamed(file.relativeKey, name) });
            }
          }
          // Each byte is read from the home, and then sent.
          setTotal(2 * totalOf(found));
          for (const { path, key } of found) {
            const url = await contents.getDownloadUrl(path);
            await copyToBucket(api, { url, place: { bucket, key } }, { signal, onBytes });
          }
        },
      });
      await model.refresh();
    });
  }

  delete(entries: readonly StoredEntry[]): Promise<void> {
    return this.#attempt(async () => {
      const { api, transfers, trans, model } = this.#options;
      if (entries.length === 0) return;
      const found: FoundObject[] = [];
      for (const entry of entries) {
        for await (const object of objectsOf(api, entry)) found.push(object);
      }
      const names = entries.map(({ name }) => name);
      if (!(await confirmDelete({ names, objectCount: found.length }, trans))) return;
      const what = this.#nameOf(entries.map((item) => ({ item, name: item.name })));
      await transfers.run({
        label: trans.__('Deleting %1', what),
        doneText: trans.__('Deleted %1', what),
        work: async ({ signal, onBytes, setTotal }) => {
          setTotal(found.length);
          for (const place of found) {
            signal.throwIfAborted();
            await api.remove(place);
            onBytes(1);
          }
        },
      });
      await model.refresh();
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#options.tellFailure(error);
    }
  }

  async #hasFolder(bucket: string, prefix: string): Promise<boolean> {
    const { folders, objects } = await this.#options.api.listFolder(bucket, prefix);
    return folders.length > 0 || objects.length > 0;
  }

  #nameOf(arrivals: readonly Arrival<unknown>[]): string {
    const [first] = arrivals;
    if (arrivals.length === 1 && first !== undefined) return `“${first.name}”`;
    return this.#options.trans.__('%1 entries', String(arrivals.length));
  }
}

/** The same path with another first name. */
function renamed(path: string, firstName: string): string {
  const slash = path.indexOf('/');
  return slash === -1 ? firstName : firstName + path.slice(slash);
}

/** What some tools write for a folder that would be empty otherwise. */
function isFolderMark({ key, sizeBytes }: FoundObject): boolean {
  return key.endsWith('/') && sizeBytes === 0;
}

function totalOf(found: readonly { readonly sizeBytes: number }[]): number {
  return found.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
