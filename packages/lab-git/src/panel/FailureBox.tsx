import { closeIcon } from '@jupyterlab/ui-components';
import { codeOf } from '../api/git-error.ts';
import { describeFailure } from '../failure-text.ts';
import type { GitModel } from '../model/git-model.ts';
import { IconButton } from './IconButton.tsx';
import { usePanel } from './panel-context.ts';

/** The sentence says that it failed, and only the details why. */
const codesToldByDetails: ReadonlySet<string> = new Set([
  ...['RemoteRefused', 'GitFailed', 'InvalidRequest', 'InvalidPath'],
]);

/** What went wrong last, what Git wrote of it, and the way to mend it. */
export function FailureBox() {
  const { model, trans } = usePanel();
  if (model.failure === null || isToldByBanner(model)) return null;
  const { sentence, details } = describeFailure(model.failure, trans);
  return (
    <div className="sr-Git-failure" role="alert">
      <div className="sr-Git-row">
        <p>{sentence}</p>
        <IconButton
          icon={closeIcon}
          label={trans.__('Close this message')}
          onClick={() => model.forgetFailure()}
        />
      </div>
      {details !== '' && (
        <details key={details} open={codesToldByDetails.has(codeOf(model.failure))}>
          <summary>{trans.__('Details')}</summary>
          <pre>{details}</pre>
        </details>
      )}
      <Mend />
    </div>
  );
}

/** The banner of a merge says it, too, and longer. */
function isToldByBanner({ failure, status }: GitModel): boolean {
  return codeOf(failure) === 'Conflicts' && status?.inProgress === 'merge';
}

function Mend() {
  const { model, trans, commits, remotes, state } = usePanel();
  const button = (label: string, onClick: () => void) => (
    <button type="button" className="sr-Git-secondary" onClick={onClick}>
      {label}
    </button>
  );
  switch (codeOf(model.failure)) {
    case 'IdentityMissing':
      return button(trans.__('Set Name and E-mail Address …'), () => void commits.askIdentity());
    case 'NotFastForward':
      return button(trans.__('Pull'), () => void remotes.pull());
    case 'NoUpstream':
      return button(trans.__('Publish this branch'), () => void remotes.push());
    case 'Conflicts':
      if (state.tab === 'changes' && !state.showsBranches) return null;
      return button(trans.__('Show Conflicts'), () => state.open('changes'));
    case 'WouldOverwrite':
      return button(trans.__('Stash …'), () => state.open('stashes'));
    default:
      return null;
  }
}
