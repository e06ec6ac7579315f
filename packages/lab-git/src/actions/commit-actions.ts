import { codeOf } from '../api/git-error.ts';
import { askFields, confirm } from '../widgets/dialogs.ts';
import type { ActionContext } from './action-context.ts';

export interface CommitDraft {
  readonly subject: string;
  readonly body: string;
  readonly amends: boolean;
}

/** Commits, merges that wait for their end, and stashes. */
export class CommitActions {
  readonly #context: ActionContext;

  constructor(context: ActionContext) {
    this.#context = context;
  }

  /** Whether there is a commit now. */
  async commit(draft: CommitDraft): Promise<boolean> {
    const { model } = this.#context;
    const repository = model.root;
    if (repository === null) return false;
    if (!(await this.#hasIdentity())) return false;
    const request = { repository, message: messageOf(draft), amends: draft.amends };
    const isDone = await model.act('commit', request);
    if (isDone || codeOf(model.failure) !== 'IdentityMissing') return isDone;
    return (await this.askIdentity()) && model.act('commit', request);
  }

  /** Name and e-mail address; false where the person thinks better of it. */
  async askIdentity(): Promise<boolean> {
    const { model, trans, lab } = this.#context;
    const known = await model.git.ask('identity', {}).catch(() => ({ name: null, email: null }));
    const answers = await askFields(
      {
        title: trans.__('Who commits?'),
        fields: [
          {
            label: trans.__('Name'),
            value: known.name ?? lab.personName(),
            help: trans.__('Every commit carries both, for everybody who has the repository.'),
          },
          { label: trans.__('E-mail address'), value: known.email ?? '', type: 'email' },
        ],
        accept: trans.__('Save'),
      },
      trans,
    );
    const [name = '', email = ''] = answers ?? [];
    if (answers === null) return false;
    return model.act('set-identity', { name, email });
  }

  /** The message of the last commit, parted into its two fields. */
  async lastMessage(): Promise<Pick<CommitDraft, 'subject' | 'body'>> {
    const { model } = this.#context;
    if (model.root === null) return { subject: '', body: '' };
    const { message } = await model.git.ask('last-message', { repository: model.root });
    const [subject = '', ...lines] = message.trimEnd().split('\n');
    return { subject, body: lines.join('\n').trim() };
  }

  async setStripsOutputs(stripsOutputs: boolean): Promise<void> {
    const { model } = this.#context;
    if (model.root === null) return;
    await model.act('set-strips-outputs', { repository: model.root, stripsOutputs });
  }

  async finishMerge(): Promise<void> {
    const { model } = this.#context;
    const repository = model.root;
    if (repository === null || !(await this.#hasIdentity())) return;
    await model.act('continue-merge', { repository });
  }

  async abortMerge(): Promise<void> {
    const { model, trans, lab } = this.#context;
    const repository = model.root;
    if (repository === null) return;
    const isConfirmed = await confirm(
      {
        title: trans.__('Abort the merge?'),
        body: trans.__(
          'Everything goes back to what it was before the merge. What you resolved so far is lost.',
        ),
        accept: trans.__('Abort Merge'),
      },
      trans,
    );
    if (!isConfirmed) return;
    await model.act('abort-merge', { repository });
    await lab.reloadDocuments();
  }

  async #hasIdentity(): Promise<boolean> {
    const { model } = this.#context;
    try {
      const { name, email } = await model.git.ask('identity', {});
      return (name !== null && email !== null) || (await this.askIdentity());
    } catch (error) {
      model.tell(error);
      return false;
    }
  }
}

function messageOf({ subject, body }: CommitDraft): string {
  return body.trim() === '' ? subject.trim() : `${subject.trim()}\n\n${body.trim()}`;
}
