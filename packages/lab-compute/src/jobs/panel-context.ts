import { createContext, useContext } from 'react';
import type { JobActions } from './job-actions.ts';
import type { JobsModel } from './jobs-model.ts';
import type { JobViewContext } from './open-job-dialog.tsx';

/** What the parts of the panel share. */
export interface JobsPanelContext extends JobViewContext {
  readonly model: JobsModel;
  readonly actions: JobActions;
}

const Context = createContext<JobsPanelContext | null>(null);

export const JobsProvider = Context.Provider;

export function useJobs(): JobsPanelContext {
  const context = useContext(Context);
  if (context === null) throw new Error('Cannot show a part of the panel: it is outside of it');
  return context;
}
