import type { HomeFolder } from '../contents/home-folder.ts';
import { isObject, type JsonObject } from '../contents/notebook-shape.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { isInstanceType } from '../kernels/instance-type.ts';

/** `instanceTypeKey` of packages/contracts. */
const key = 'instance_type';
/** What could not be opened as a notebook is not read for this either. */
const maximumNotebookBytes = 64 * 1024 * 1024;

/**
 * The instance type that a notebook names for itself. `undefined` where it names none, and for
 * whatever cannot be read: a broken notebook must not keep its kernel from starting.
 */
export async function readNotebookInstanceType(
  home: HomeFolder,
  apiPath: string,
): Promise<string | undefined> {
  try {
    const file = await openRegularFile(await home.resolve(apiPath), apiPath);
    try {
      const options = { maximumBytes: maximumNotebookBytes, subject: apiPath };
      return findInstanceType(await readWholeFile(file, options));
    } finally {
      await file.handle.close();
    }
  } catch {
    return undefined;
  }
}

function findInstanceType(bytes: Buffer): string | undefined {
  // Most notebooks name none, and reading a large one as JSON takes long.
  if (!bytes.includes(`"${key}"`)) return undefined;
  const notebook: unknown = JSON.parse(bytes.toString('utf8').replace(/^\ufeff/, ''));
  return isObject(notebook) ? instanceTypeIn(notebook) : undefined;
}

/** As `readNotebookInstanceType`, of a notebook that is read already. */
export function instanceTypeIn(notebook: JsonObject): string | undefined {
  if (!isObject(notebook.metadata)) return undefined;
  if (!Object.hasOwn(notebook.metadata, key)) return undefined;
  const value = notebook.metadata[key];
  return isInstanceType(value) ? value : undefined;
}
