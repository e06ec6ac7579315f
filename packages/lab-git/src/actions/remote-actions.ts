import type { ActionContext } from './action-context.ts';

/** Repositories that come to be here, and what is exchanged with remotes. */
export class RemoteActions {
  readonly #context: ActionContext;

  constructor(context: ActionContext) {
    this.#context = context;
  }

  /** Into a folder of its own in `folder`; shows the new working tree. */
  async clone(url: string, folder: string): Promise<boolean> {
    const { model, lab } = this.#context;
    const root = await model.runTask('clone', () => model.git.ask('clone', { url, folder }));
    if (root === undefined || root === null) return false;
    await lab.showFolder(root);
    await model.findRoots();
    return true;
  }

  async init(): Promise<void> {
    const { model } = this.#context;
    const { folder } = model;
    const isDone = await model.act('init', { folder });
    if (!isDone) return;
    await Promise.all([model.followFolder(folder), model.findRoots()]);
  }

  async fetch(): Promise<void> {
    const { model } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    await model.runTask('fetch', () => model.git.ask('fetch', { repository }));
  }

  async pull(): Promise<void> {
    const { model, lab } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    if (!(await lab.saveDocuments())) return;
    await model.runTask('pull', () => model.git.ask('pull', { repository }));
    await lab.reloadDocuments();
  }

  /** Publishes the branch where the remote has none of its name yet. */
  async push(): Promise<void> {
    const { model } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    const setsUpstream = model.status?.upstream === null;
    await model.runTask('push', () => model.git.ask('push', { repository, setsUpstream }));
  }
}
