import SpaceBetween from '@cloudscape-design/components/space-between';
import type { JobSchedule } from '@strongroom/contracts';
import { rhythmOf } from '@strongroom/contracts/rhythm';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createJob, saveSchedule } from '../../api/jobs.ts';
import { AskFirst } from '../../shell/AskFirst.tsx';
import { ComputeFields } from './ComputeFields.tsx';
import {
  definitionOf,
  draftOf,
  type JobDraft,
  newDraft,
  problemsOf,
  scheduleOf,
} from './job-draft.ts';
import { NotebookFields } from './NotebookFields.tsx';
import { OutputFields } from './OutputFields.tsx';
import { ParameterFields } from './ParameterFields.tsx';
import { RhythmFields } from './RhythmFields.tsx';

interface JobDialogProps {
  readonly profileName: string;
  /** Whether it begins as a schedule. */
  readonly isScheduled: boolean;
  /** The one that is changed. */
  readonly schedule?: JobSchedule;
  readonly close: () => void;
  readonly saved: (kind: 'jobs' | 'schedules') => void;
}

/** Each part of the form. */
export interface FieldsProps {
  readonly draft: JobDraft;
  readonly change: (change: Partial<JobDraft>) => void;
  /** Whether the field is wrong and was written in. */
  readonly isWrong: (field: keyof JobDraft) => boolean;
}

/** A notebook that is to run without a browser: now, or by a schedule. */
export function JobDialog({ profileName, isScheduled, schedule, close, saved }: JobDialogProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<JobDraft>(() => {
    if (schedule) return draftOf(schedule);
    return isScheduled ? { ...newDraft(), rhythm: rhythmOf('0 9 * * *') } : newDraft();
  });
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const change = (changed: Partial<JobDraft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    setTouched((before) => new Set([...before, ...Object.keys(changed)]));
  };
  const problems = problemsOf(draft);
  const isWrong = (field: keyof JobDraft) => touched.has(field) && problems.has(field);
  const fields = { draft, change, isWrong };
  const isOnce = draft.rhythm.kind === 'once';
  const job = isOnce ? definitionOf(draft) : undefined;
  const asked = isOnce ? undefined : scheduleOf(draft);
  const title = schedule
    ? t('jobs.schedules.editTitle', { name: schedule.definition.name })
    : t(isScheduled ? 'jobs.createSchedule' : 'jobs.create');
  return (
    <AskFirst
      title={title}
      size="large"
      confirm={t(isOnce ? 'jobs.form.run' : 'jobs.form.save')}
      isReady={job !== undefined || asked !== undefined}
      close={close}
      act={async () => {
        if (job) await createJob(job);
        if (asked) await saveSchedule(asked, schedule?.scheduleId);
        saved(isOnce ? 'jobs' : 'schedules');
      }}
    >
      <SpaceBetween size="m">
        <NotebookFields {...fields} profileName={profileName} />
        <RhythmFields {...fields} mayRunOnce={schedule === undefined} />
        <ComputeFields {...fields} />
        <ParameterFields {...fields} />
        <OutputFields {...fields} />
      </SpaceBetween>
    </AskFirst>
  );
}
