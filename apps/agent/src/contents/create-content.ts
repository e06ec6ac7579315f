import { lstat, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { syncFolder } from './atomic-write.ts';
import { type ContentModel, type ContentType, describeEntry } from './content-model.ts';
import { nativePath } from './file-name.ts';
import { type HomeFolder, readFolder, statEntry } from './home-folder.ts';
import { joinApiPath } from './listing.ts';
import { emptyNotebook, serializeNotebook } from './notebook.ts';
import { nextFreeName } from './untitled-name.ts';

export interface CreateRequest {
  readonly folderPath: string;
  readonly type: ContentType | undefined;
  /** With its dot, or empty. */
  readonly extension: string;
}

/** `POST /api/contents/<folder>`: a new, empty entry whose name the server chooses. */
export async function createUntitled(
  home: HomeFolder,
  request: CreateRequest,
): Promise<ContentModel> {
  const type = request.type ?? (request.extension === '.ipynb' ? 'notebook' : 'file');
  const folder = await resolveFolder(home, request.folderPath);
  const name = await claimFreeName(folder, untitledName(type, request.extension), {
    insert: type === 'directory' ? ' ' : '',
    isFolder: type === 'directory',
    claim: (path) => createEmpty(path, type),
  });
  await syncFolder(folder);
  const apiPath = joinApiPath(home.normalize(request.folderPath), name);
  return describeEntry(apiPath, await lstat(nativePath(join(folder, name))), type);
}

/** The real path of a folder. Throws `NotFound`, or `InvalidRequest` where it is a file. */
export async function resolveFolder(home: HomeFolder, apiPath: string): Promise<string> {
  const folder = await home.resolve(apiPath);
  if (!(await statEntry(folder))?.isDirectory()) {
    throw new AgentError('InvalidRequest', `"${home.normalize(apiPath)}" is a file, not a folder`);
  }
  return folder;
}

/**
 * Takes the first free name of a series in `folder`. `claim` must create exclusively: when another
 * process takes the name first (EEXIST) the next one is tried.
 */
export async function claimFreeName(
  folder: string,
  wantedName: string,
  options: { insert: string; isFolder: boolean; claim: (path: string) => Promise<void> },
): Promise<string> {
  const taken = new Set((await readFolder(folder)).map(({ name }) => name));
  for (;;) {
    const name = nextFreeName(taken, wantedName, options);
    try {
      await options.claim(join(folder, name));
      return name;
    } catch (error) {
      if (systemErrorCode(error) !== 'EEXIST') throw error;
      taken.add(name);
    }
  }
}

function untitledName(type: ContentType, extension: string): string {
  if (type === 'directory') return 'Untitled Folder';
  if (type === 'notebook') return 'Untitled.ipynb';
  if (extension.includes('/') || extension.includes('\0')) {
    throw new AgentError('InvalidRequest', 'A file extension cannot contain "/"');
  }
  return `untitled${extension}`;
}

async function createEmpty(path: string, type: ContentType): Promise<void> {
  if (type === 'directory') {
    await mkdir(nativePath(path));
    return;
  }
  const handle = await open(nativePath(path), 'wx');
  try {
    if (type === 'notebook') await handle.writeFile(serializeNotebook(emptyNotebook()));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
