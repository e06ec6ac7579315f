import type { GitBranch } from '@strongroom/contracts';
import { codeOf, GitError } from '../api/git-error.ts';
import { shownName } from '../shown-name.ts';
import { askFields, confirm } from '../widgets/dialogs.ts';
import type { ActionContext } from './action-context.ts';

/** What is done with branches. */
export class BranchActions {
  readonly #context: ActionContext;

  constructor(context: ActionContext) {
    this.#context = context;
  }

  async list(): Promise<readonly GitBranch[]> {
    const { model } = this.#context;
    if (model.root === null) return [];
    return (await model.git.ask('branches', { repository: model.root })).branches;
  }

  async switchTo({ name }: Pick<GitBranch, 'name'>): Promise<boolean> {
    const { model, lab } = this.#context;
    if (model.root === null) return false;
    if (!(await lab.saveDocuments())) return false;
    const isDone = await model.act('switch-branch', { repository: model.root, name });
    await lab.reloadDocuments();
    return isDone;
  }

  /** From what is checked out, and switches to it. */
  async create(): Promise<boolean> {
    const { model, trans } = this.#context;
    const repository = model.root;
    if (repository === null) return false;
    const answers = await askFields(
      {
        title: trans.__('New branch'),
        fields: [
          {
            label: trans.__('Name'),
            value: '',
            help: trans.__('It begins at the current commit, and you are on it at once.'),
          },
        ],
        accept: trans.__('Create'),
      },
      trans,
    );
    const [name = ''] = answers ?? [];
    if (name === '') return false;
    return model.attempt(async () => {
      await model.git.ask('create-branch', { repository, name });
      await model.git.ask('switch-branch', { repository, name });
    });
  }

  /** Into the current branch. */
  async merge({ name }: GitBranch): Promise<void> {
    const { model, lab } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    if (!(await lab.saveDocuments())) return;
    await model.attempt(async () => {
      const { outcome } = await model.git.ask('merge', { repository, name });
      if (outcome === 'conflicts') throw new GitError('Conflicts');
    });
    await lab.reloadDocuments();
  }

  async delete({ name }: GitBranch): Promise<void> {
    const { model, trans } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    const isConfirmed = await confirm(
      {
        title: trans.__('Delete the branch “%1”?', shownName(name)),
        body: trans.__('Its commits stay where another branch has them. The remote keeps its own.'),
        accept: trans.__('Delete'),
      },
      trans,
    );
    if (!isConfirmed) return;
    const request = { repository, name, force: false };
    if (await model.act('delete-branch', request)) return;
    if (codeOf(model.failure) !== 'BranchNotMerged') return;
    model.forgetFailure();
    const isForced = await confirm(
      {
        title: trans.__('Delete “%1” with its commits?', shownName(name)),
        body: trans.__('No other branch has all of its commits. They are lost with it.'),
        accept: trans.__('Delete All the Same'),
      },
      trans,
    );
    if (isForced) await model.act('delete-branch', { ...request, force: true });
  }
}
