import { useChanges } from '../use-changes.ts';
import { JobRow } from './JobRow.tsx';
import { type JobsPanelContext, JobsProvider, useJobs } from './panel-context.ts';
import { ScheduleRow } from './ScheduleRow.tsx';

export function JobsView({ context }: { readonly context: JobsPanelContext }) {
  return (
    <JobsProvider value={context}>
      <Panel />
    </JobsProvider>
  );
}

function Panel() {
  const { model, trans, failureText } = useJobs();
  useChanges(model);
  const { jobs, schedules, error } = model;
  return (
    <>
      {error !== undefined && (
        <p className="sr-ComputeDialog-failure" role="alert">
          {failureText(error)}
        </p>
      )}
      {jobs === null && error === undefined && (
        <p className="sr-ComputeDialog-hint" role="status">
          {trans.__('Loading …')}
        </p>
      )}
      {schedules.length > 0 && (
        <section aria-labelledby="strongroom-schedules-title">
          <h3 id="strongroom-schedules-title">{trans.__('Schedules')}</h3>
          <ul>
            {schedules.map((schedule) => (
              <ScheduleRow key={schedule.scheduleId} schedule={schedule} />
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="strongroom-jobs-title">
        <h3 id="strongroom-jobs-title">{trans.__('Jobs')}</h3>
        {jobs?.length === 0 && (
          <p className="sr-ComputeDialog-hint">
            {trans.__(
              'No notebook has run as a job yet. Open one and choose “Run as a Job…” in the Run menu.',
            )}
          </p>
        )}
        <ul>
          {jobs?.map((job) => (
            <JobRow key={job.jobId} job={job} />
          ))}
        </ul>
        {model.hasMore && (
          <button type="button" className="jp-mod-styled" onClick={() => void model.more()}>
            {trans.__('Show Older Ones')}
          </button>
        )}
      </section>
    </>
  );
}
