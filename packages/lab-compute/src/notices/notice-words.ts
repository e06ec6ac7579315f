import type { ComingEnd } from '../model/coming-end.ts';
import type { NotebookCompute } from '../model/notebook-compute.ts';
import type { Notice } from '../model/notice.ts';
import { memoryText, percentText } from '../sizes.ts';
import type { ViewContext } from '../view-context.ts';

export interface NoticeWords {
  readonly text: string;
  readonly tone: 'info' | 'warning' | 'error';
}

/** What a person reads of a notice. Of an end that comes the time left is told apart: it runs. */
export function noticeWords(
  notice: Notice,
  notebook: NotebookCompute,
  { trans, languageTag, failureText }: ViewContext,
): NoticeWords {
  switch (notice.kind) {
    case 'out-of-memory':
    case 'ended':
      return { text: notice.text, tone: 'error' };
    case 'restarted':
      return { text: notice.text, tone: 'warning' };
    case 'not-changed': {
      const goesOn = notebook.hasKernel
        ? trans.__('It was not changed; the kernel before goes on, with its variables.')
        : trans.__('No kernel was started.');
      return { text: `${failureText(notice.error)} ${goesOn}`, tone: 'error' };
    }
    case 'failed':
      return { text: failureText(notice.error), tone: 'error' };
    case 'memory': {
      const { usedBytes, limitBytes } = notice;
      const percent = percentText(usedBytes / limitBytes, languageTag);
      const limit = memoryText(limitBytes, languageTag);
      const text =
        notice.level === 'critical'
          ? trans.__(
              'The kernel uses %1 of its %2 of memory. At the end of it the kernel is ended and its variables are lost: delete what you do not need, or choose an instance type with more.',
              ...[percent, limit],
            )
          : trans.__('The kernel uses %1 of its %2 of memory.', percent, limit);
      return { text, tone: 'warning' };
    }
    case 'coming-end':
      return { text: comingEndText(notice.end, trans), tone: 'warning' };
    case 'newer-image': {
      const name = notebook.offers.findImage(notice.imageName)?.displayName ?? notice.imageName;
      const text = trans.__('A newer version of the image “%1” is there. A restart uses it.', name);
      return { text, tone: 'info' };
    }
  }
}

function comingEndText(end: ComingEnd, trans: ViewContext['trans']): string {
  return end.cause === 'idle'
    ? trans.__('Nothing has run here for a while: the kernel is ended to save its cost.')
    : trans.__('The kernel reaches its longest permitted time and is ended. Save what you need.');
}
