import type { Contents } from '@jupyterlab/services';
import { ServerConnection } from '@jupyterlab/services';

type Model = Contents.IModel;

/** The home, as far as copying needs it. */
export class Home {
  readonly contents: Contents.IManager;
  readonly #knownFolders = new Set<string>();

  constructor(contents: Contents.IManager) {
    this.contents = contents;
  }

  async find(path: string): Promise<Model | undefined> {
    try {
      return await this.contents.get(path, { content: false });
    } catch (error) {
      if (error instanceof ServerConnection.ResponseError && error.response.status === 404) {
        return undefined;
      }
      throw error;
    }
  }

  /** Makes the folders above a file where they are missing. */
  async makeFoldersAbove(path: string, top: string): Promise<void> {
    const below = path
      .slice(top === '' ? 0 : top.length + 1)
      .split('/')
      .slice(0, -1);
    let folder = top;
    for (const name of below) {
      folder = folder === '' ? name : `${folder}/${name}`;
      if (this.#knownFolders.has(folder)) continue;
      if ((await this.find(folder)) === undefined) {
        await this.contents.save(folder, { type: 'directory' });
      }
      this.#knownFolders.add(folder);
    }
  }
}
