import { lstat, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../contents/atomic-write.ts';
import { nativePath } from '../contents/file-name.ts';
import type { HomeFolder } from '../contents/home-folder.ts';
import { parseNotebook, serializeNotebook } from '../contents/notebook.ts';
import { isObject, type JsonObject } from '../contents/notebook-shape.ts';
import { openRegularFile, readWholeFile } from '../contents/open-file.ts';
import { writeFully } from '../contents/pour-file.ts';
import { maximumContentBytes } from '../contents/read-content.ts';
import { findWriteTarget } from '../contents/save-content.ts';
import { AgentError } from '../http/agent-error.ts';
import { explainSystemError, systemErrorCode } from '../http/system-error.ts';
import { JobFailure } from './job-failure.ts';

/** Throws an `AgentError` where it cannot be read as a notebook. */
export async function readNotebook(home: HomeFolder, apiPath: string): Promise<JsonObject> {
  const file = await openRegularFile(await home.resolve(apiPath), apiPath);
  try {
    const options = { maximumBytes: maximumContentBytes, subject: apiPath };
    const text = (await readWholeFile(file, options)).toString('utf8').replace(/^\ufeff/, '');
    const { notebook, message } = parseNotebook(text, apiPath);
    if (message !== undefined) throw new AgentError('InvalidNotebook', message);
    return notebook;
  } finally {
    await file.handle.close();
  }
}

/** Whole, or not at all: with the folder it goes to. */
export async function writeNotebook(
  home: HomeFolder,
  apiPath: string,
  notebook: JsonObject,
): Promise<void> {
  const bytes = Buffer.from(serializeNotebook(detach(notebook)));
  if (bytes.length > maximumContentBytes) {
    const limit = Math.floor(maximumContentBytes / (1024 * 1024));
    throw new JobFailure(
      'OutputTooLarge',
      `The output notebook would be larger than ${limit} MiB and could not be opened. Write large results to files`,
    );
  }
  try {
    await makeFolders(home, dirname(apiPath));
    const { path, mode } = await findWriteTarget(home, apiPath);
    await replaceFile(path, mode, (handle) => writeFully(handle, bytes));
  } catch (error) {
    throw explainSystemError(error, apiPath);
  }
}

/** Outputs as they are now. */
function detach(notebook: JsonObject): JsonObject {
  const copy: unknown = JSON.parse(JSON.stringify(notebook));
  return isObject(copy) ? copy : {};
}

async function makeFolders(home: HomeFolder, folder: string): Promise<void> {
  if (folder === '.' || folder === '') return;
  await makeFolders(home, dirname(folder));
  const { path, apiPath } = await home.entry(folder);
  try {
    await mkdir(nativePath(path));
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    const isFolder = (await lstat(nativePath(await home.resolve(apiPath)))).isDirectory();
    if (!isFolder) throw new AgentError('Conflict', `"${apiPath}" is not a folder`);
  }
}
