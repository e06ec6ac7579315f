import type { Job } from '@strongroom/contracts';
import { clockText, momentText, statusText } from './job-text.ts';
import { isGoingOn } from './jobs-model.ts';
import { useJobs } from './panel-context.ts';

export function JobRow({ job }: { readonly job: Job }) {
  const { model, actions, trans, languageTag } = useJobs();
  const { jobId, status, definition, progress, failure } = job;
  const { openLog } = model;
  const isLogOpen = openLog?.jobId === jobId;
  return (
    <li className="sr-Jobs-row" data-status={status}>
      <span className="sr-Jobs-name">{definition.name}</span>
      <span className="sr-Jobs-state">
        {statusText(status, trans)}
        {' · '}
        {momentText(job.createdAt, languageTag)}
        {job.attempt > 1 && ` · ${trans.__('try %1', String(job.attempt))}`}
      </span>
      {isGoingOn(status) && progress !== null && (
        <label className="sr-Jobs-progress">
          <progress max={Math.max(1, progress.totalCells)} value={progress.finishedCells} />
          {trans.__('%1 of %2 cells', String(progress.finishedCells), String(progress.totalCells))}
        </label>
      )}
      {failure !== null && (
        <p className="sr-ComputeDialog-failure">
          {failure.cell !== null && `${trans.__('Cell %1:', String(failure.cell + 1))} `}
          {failure.message}
        </p>
      )}
      <span className="sr-Jobs-actions">
        {job.outputLocation !== null && (
          <button type="button" onClick={() => void actions.openOutput(job)}>
            {trans.__('Open Output')}
          </button>
        )}
        <button type="button" aria-expanded={isLogOpen} onClick={() => void model.toggleLog(jobId)}>
          {trans.__('Log')}
        </button>
        {isGoingOn(status) && status !== 'cancelling' && (
          <button type="button" onClick={() => void actions.cancel(job)}>
            {trans.__('Cancel…')}
          </button>
        )}
      </span>
      {isLogOpen && <Log />}
    </li>
  );
}

function Log() {
  const { model, trans, languageTag } = useJobs();
  const lines = model.openLog?.lines ?? null;
  if (lines === null) return <p className="sr-ComputeDialog-hint">{trans.__('Loading …')}</p>;
  if (lines.length === 0) {
    return <p className="sr-ComputeDialog-hint">{trans.__('Nothing is in the log yet.')}</p>;
  }
  return (
    // Scrolled by keyboard, so it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <pre className="sr-Jobs-log" tabIndex={0}>
      {lines.map(({ time, text }) => `${clockText(time, languageTag)}  ${text}\n`).join('')}
    </pre>
  );
}
