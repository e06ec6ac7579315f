import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { CommitDraft } from '../actions/commit-actions.ts';
import { usePanel } from './panel-context.ts';

const emptyDraft: CommitDraft = { subject: '', body: '', amends: false };

/** The message, and what else there is to choose of a commit. */
export function CommitBox() {
  const { model, drafts } = usePanel();
  const root = model.root ?? '';
  const [, setCount] = useState(0);
  const draft = drafts.get(root) ?? emptyDraft;
  const change = (part: Partial<CommitDraft>) => {
    drafts.set(root, { ...(drafts.get(root) ?? emptyDraft), ...part });
    setCount((count) => count + 1);
  };
  return <CommitForm draft={draft} onChange={change} />;
}

interface CommitFormProps {
  readonly draft: CommitDraft;
  readonly onChange: (part: Partial<CommitDraft>) => void;
}

function CommitForm({ draft, onChange }: CommitFormProps) {
  const { model, trans, commits } = usePanel();
  const stagedCount = model.groups.staged.length;
  const isDisabled =
    model.isBusy ||
    draft.subject.trim() === '' ||
    (stagedCount === 0 && !draft.amends) ||
    model.groups.conflicted.length > 0;
  const commit = async () => {
    if (isDisabled) return;
    if (await commits.commit(draft)) onChange(emptyDraft);
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void commit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void commit();
  };
  return (
    <form className="sr-Git-commit" onSubmit={onSubmit} onKeyDown={onKeyDown}>
      <input
        className="jp-mod-styled"
        aria-label={trans.__('Summary of the commit')}
        placeholder={trans.__('Summary of the commit')}
        value={draft.subject}
        onChange={(event) => onChange({ subject: event.target.value })}
      />
      <textarea
        className="jp-mod-styled"
        aria-label={trans.__('Description')}
        placeholder={trans.__('Description (may be empty)')}
        rows={2}
        value={draft.body}
        onChange={(event) => onChange({ body: event.target.value })}
      />
      <CommitOptions {...{ draft, onChange }} />
      <button
        type="submit"
        className="sr-Git-primary"
        disabled={isDisabled}
        title={trans.__('Ctrl+Enter in the message')}
      >
        {draft.amends
          ? trans.__('Amend the last commit')
          : trans.__('Commit (files: %1)', String(stagedCount))}
      </button>
      <Hint amends={draft.amends} />
    </form>
  );
}

/** Why there can be no commit yet, or what becomes of it. */
function Hint({ amends }: Pick<CommitDraft, 'amends'>) {
  const { model, trans } = usePanel();
  const { groups, status } = model;
  const hint = (text: string) => <p className="sr-Git-hint">{text}</p>;
  if (groups.conflicted.length > 0) return hint(trans.__('Resolve the conflicts first.'));
  if (amends && status?.upstream !== null && status?.ahead === 0) {
    return hint(
      trans.__(
        'The remote has the last commit already. After it is amended, a pull has to merge both before it can be pushed.',
      ),
    );
  }
  if (groups.staged.length > 0 || amends) return null;
  return hint(trans.__('Stage a file with + to commit it.'));
}

function CommitOptions({ draft, onChange }: CommitFormProps) {
  const { model, trans, commits } = usePanel();
  const { status } = model;
  /** What was clicked, until the status tells it. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const setStripsOutputs = async (strips: boolean) => {
    setWanted(strips);
    await commits.setStripsOutputs(strips);
    setWanted(null);
  };
  const setAmends = async (amends: boolean) => {
    onChange({ amends });
    if (!amends || draft.subject !== '' || draft.body !== '') return;
    try {
      onChange(await commits.lastMessage());
    } catch (error) {
      model.tell(error);
    }
  };
  return (
    <div className="sr-Git-options">
      <label>
        <input
          type="checkbox"
          checked={draft.amends}
          disabled={status?.commitId === null}
          onChange={(event) => void setAmends(event.target.checked)}
        />
        {trans.__('Amend the last commit')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={wanted ?? status?.stripsOutputs ?? false}
          onChange={(event) => void setStripsOutputs(event.target.checked)}
        />
        {trans.__('Leave outputs out of notebooks')}
      </label>
    </div>
  );
}
