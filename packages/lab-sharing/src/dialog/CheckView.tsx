import type { ScanFinding, ShareCheck } from '@strongroom/contracts';
import type { ShareForm } from '../model/share-form.ts';
import { placeText, ruleText } from '../rule-text.ts';
import { useDialog } from './dialog-context.ts';

/** What the scan has found, before anything is shared. */
export function CheckView({ form }: { readonly form: ShareForm }) {
  const { model, trans, failureText } = useDialog();
  const { check } = model;
  if (check.kind === 'checking') {
    return (
      <p className="sr-Share-hint" role="status">
        <progress aria-label={trans.__('Looking through the notebook …')} />
        {trans.__('Looking through the notebook …')}
      </p>
    );
  }
  if (check.kind === 'failed') {
    return (
      <p className="sr-Share-failure" role="alert">
        {failureText(check.error)} <CheckAgain />
      </p>
    );
  }
  if (check.check.findingCount === 0) {
    return (
      <p className="sr-Share-hint" role="status">
        {trans.__('No secrets and no personal data were found in it.')}
      </p>
    );
  }
  return <Findings check={check.check} form={form} />;
}

function Findings({ check, form }: { readonly check: ShareCheck; readonly form: ShareForm }) {
  const { model, trans } = useDialog();
  const { findings, findingCount, isBlocked } = check;
  const blocking = findings.find(({ action }) => action === 'block');
  const left = findingCount - findings.length;
  return (
    <div className="sr-Share-findings" data-blocked={isBlocked}>
      <p role="alert">
        {isBlocked ? blockedText(blocking) : trans.__('Look at this before you share:')}
      </p>
      <ul>
        {findings.map((finding, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is replaced as a whole
          <Finding key={index} finding={finding} />
        ))}
      </ul>
      {left > 0 && <p className="sr-Share-hint">{trans.__('And %1 more.', String(left))}</p>}
      {isBlocked ? (
        <CheckAgain />
      ) : (
        <label className="sr-Share-option">
          <input
            type="checkbox"
            checked={form.acceptsWarnings}
            onChange={({ target }) => model.change({ acceptsWarnings: target.checked })}
          />
          {trans.__('I have looked at it and mean to share it')}
        </label>
      )}
    </div>
  );

  function blockedText(finding: ScanFinding | undefined): string {
    if (finding === undefined) return trans.__('It cannot be shared like this.');
    return trans.__(
      'It cannot be shared like this: %1 (%2). Take it out of the notebook, or clear the outputs that show it.',
      ruleText(finding.rule, trans),
      placeText(finding, trans),
    );
  }
}

function Finding({ finding }: { readonly finding: ScanFinding }) {
  const { trans, goToCell } = useDialog();
  const isBlocking = finding.action === 'block';
  const place = placeText(finding, trans);
  return (
    <li data-action={finding.action}>
      <span className="sr-Share-action">
        {isBlocking ? trans.__('Blocked') : trans.__('Warning')}
      </span>
      <span className="sr-Share-rule">
        {ruleText(finding.rule, trans)}
        <small>{place}</small>
      </span>
      <code>{finding.masked}</code>
      <button
        type="button"
        className="jp-mod-styled"
        aria-label={trans.__('Go to cell: %1', place)}
        onClick={() => goToCell(finding)}
      >
        {trans.__('Go to Cell')}
      </button>
    </li>
  );
}

function CheckAgain() {
  const { model, trans } = useDialog();
  return (
    <button type="button" className="jp-mod-styled" onClick={() => void model.recheck()}>
      {trans.__('Check Again')}
    </button>
  );
}
