import { lazy } from 'react';
import { openDialog } from '../dialog/open-dialog.tsx';
import type { ViewContext } from '../view-context.ts';
import { JobDialogModel, type JobDialogOptions } from './job-dialog-model.ts';

// What the dialog shows is not part of Lab's first page.
const JobDialogView = lazy(async () => {
  const { JobDialogView: view } = await import('./JobDialogView.tsx');
  return { default: view };
});

export type JobViewContext = Pick<ViewContext, 'trans' | 'languageTag' | 'failureText'>;

export function openJobDialog(
  options: JobDialogOptions,
  context: JobViewContext,
  onStarted: () => void,
): void {
  const model = new JobDialogModel(options);
  openDialog({
    className: 'sr-Job',
    titleId: 'strongroom-job-title',
    isWorking: () => model.isWorking,
    onClose: () => model.close(),
    view: (close) => (
      <JobDialogView
        {...{ model, context, close }}
        onStarted={() => {
          close();
          onStarted();
        }}
      />
    ),
  });
  void model.open();
}
