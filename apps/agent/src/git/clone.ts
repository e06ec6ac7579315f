import { mkdir, rm, rmdir } from 'node:fs/promises';
import { nativePath } from '../contents/file-name.ts';
import type { HomeEntry, HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { systemErrorCode } from '../http/system-error.ts';
import { ProgressReader } from './progress.ts';
import { checkRemoteUrl, folderNameOf } from './remote-url.ts';
import type { Git } from './run-git.ts';
import type { TaskWork } from './tasks.ts';

export interface CloneRequest {
  readonly url: string;
  readonly folder: string;
  readonly name?: string | undefined;
}

export interface PreparedClone {
  readonly work: TaskWork;
  /** Gives the folder back where the work is not begun. */
  abandon(): Promise<void>;
}

/** Claims the folder, so that nobody else's work is in it, and answers what fills it. */
export async function prepareClone(
  git: Git,
  home: HomeFolder,
  request: CloneRequest,
): Promise<PreparedClone> {
  checkRemoteUrl(request.url);
  const entry = await claimFolder(home, request);
  const work: TaskWork = async (report, signal) => {
    const progress = new ProgressReader(report);
    try {
      await git.demand('clone the repository', {
        parameters: [
          // No template: it would bring hooks.
          ...(['clone', '--progress', '--template=', '--origin=origin'] as const),
          ...(['--no-recurse-submodules', '--', request.url, entry.path] as const),
        ],
        signal,
        onErrorText: (part) => progress.add(part),
      });
    } catch (error) {
      await rm(entry.path, { recursive: true, force: true });
      throw error;
    }
    return entry.apiPath;
  };
  return { work, abandon: () => rmdir(entry.path) };
}

async function claimFolder(home: HomeFolder, request: CloneRequest): Promise<HomeEntry> {
  const name = request.name ?? folderNameOf(request.url);
  if (name === '' || name.includes('/') || name.toLowerCase() === '.git') {
    throw new AgentError('InvalidPath', `Cannot clone into "${name}": give the folder a name`);
  }
  const entry = await home.entry(`${request.folder}/${name}`);
  if (typeof nativePath(entry.path) !== 'string') {
    throw new AgentError('InvalidPath', `Cannot clone into "${entry.apiPath}": it is not UTF-8`);
  }
  try {
    await mkdir(entry.path);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') throw error;
    throw new AgentError(
      'FolderExists',
      `Cannot clone into "${entry.apiPath}": it exists already. Choose another name`,
    );
  }
  return entry;
}
