import { closeIcon } from '@jupyterlab/ui-components';
import { largerType } from '../model/choice.ts';
import type { NotebookCompute } from '../model/notebook-compute.ts';
import type { Notice } from '../model/notice.ts';
import { useChanges } from '../use-changes.ts';
import type { ViewContext } from '../view-context.ts';
import { Countdown } from './Countdown.tsx';
import { noticeWords } from './notice-words.ts';

export interface NoticeProps {
  readonly notebook: NotebookCompute;
  readonly context: ViewContext;
}

/** Above the cells; nothing of it takes the focus. */
export function NoticeBar({ notebook, context }: NoticeProps) {
  useChanges(notebook);
  return (
    <>
      {notebook.notices.map((notice) => (
        <NoticeRow key={notice.kind} {...{ notice, notebook, context }} />
      ))}
    </>
  );
}

function NoticeRow({ notice, notebook, context }: NoticeProps & { readonly notice: Notice }) {
  const { trans } = context;
  const { text, tone } = noticeWords(notice, notebook, context);
  return (
    <div
      className="sr-Compute-notice"
      data-tone={tone}
      data-kind={notice.kind}
      role={tone === 'error' ? 'alert' : 'status'}
    >
      <p>
        {text}
        {notice.kind === 'coming-end' && (
          <>
            {' '}
            <Countdown endsAt={notice.end.endsAt} now={() => notebook.apps.now} context={context} />
          </>
        )}
      </p>
      <span className="sr-Compute-noticeActions">
        <NoticeActions {...{ notice, notebook, context }} />
        {notice.kind !== 'coming-end' && notice.kind !== 'ended' && (
          <button
            type="button"
            className="sr-Compute-close"
            aria-label={trans.__('Dismiss')}
            title={trans.__('Dismiss')}
            onClick={() => notebook.dismiss(notice)}
          >
            <closeIcon.react tag="span" />
          </button>
        )}
      </span>
    </div>
  );
}

function NoticeActions({ notice, notebook, context }: NoticeProps & { readonly notice: Notice }) {
  const { trans, openPicker } = context;
  switch (notice.kind) {
    case 'out-of-memory':
    case 'memory': {
      const { offers, choice } = notebook;
      const types = offers.offered?.instanceTypes ?? [];
      const larger = largerType(types, choice.instanceType ?? '');
      return (
        <Action
          label={trans.__('Choose a Larger Type…')}
          onClick={() =>
            openPicker(notebook, larger === null ? {} : { instanceType: larger.instanceType })
          }
        />
      );
    }
    case 'not-changed':
      return <Action label={trans.__('Choose Again…')} onClick={() => openPicker(notebook)} />;
    case 'ended':
      return (
        <>
          <Action label={trans.__('Start Again')} onClick={() => void notebook.restart()} />
          <Action label={trans.__('Choose…')} onClick={() => openPicker(notebook)} />
        </>
      );
    case 'coming-end':
      return notice.end.cause === 'idle' ? (
        <Action
          label={trans.__('Keep Running')}
          onClick={() => void notebook.keepRunning(notice.appId)}
        />
      ) : null;
    case 'newer-image':
      return <Action label={trans.__('Restart…')} onClick={() => context.askToRestart(notebook)} />;
    case 'restarted':
    case 'failed':
      return null;
  }
}

function Action({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <button type="button" className="jp-mod-styled" onClick={onClick}>
      {label}
    </button>
  );
}
