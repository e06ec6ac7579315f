import type { FromViewer } from '@strongroom/contracts';
import { useCallback, useRef, useState } from 'react';
import type { NotebookFrameHandle } from '../../notebooks/NotebookFrame.tsx';

export type Outline = Extract<FromViewer, { type: 'rendered' }>['outline'];
export type PanelTab = 'outline' | 'comments';

/** What the page around a notebook and the frame know of each other. */
export function useNotebookView() {
  const frame = useRef<NotebookFrameHandle>(null);
  const findField = useRef<HTMLDivElement>(null);
  /** In a version that is still to be rendered. */
  const cellToShow = useRef<number>();
  const [outline, setOutline] = useState<Outline>();
  const [found, setFound] = useState({ matchCount: 0, current: 0 });
  const [isPanelOpen, setPanelOpen] = useState(true);
  const [tab, setTab] = useState<PanelTab>('outline');
  /** What a new comment is about; counted, because the same cell can be chosen again. */
  const [target, setTarget] = useState({ cellIndex: null as number | null, times: 0 });

  const focusFind = useCallback(() => findField.current?.querySelector('input')?.focus(), []);
  const hear = useCallback(
    (message: FromViewer) => {
      if (message.type === 'rendered') {
        setOutline(message.outline);
        const cellIndex = cellToShow.current;
        cellToShow.current = undefined;
        if (cellIndex !== undefined) frame.current?.tell({ type: 'scroll-to-cell', cellIndex });
      } else if (message.type === 'found') setFound(message);
      else if (message.type === 'find-asked') focusFind();
      else if (message.type === 'comment') {
        setPanelOpen(true);
        setTab('comments');
        setTarget(({ times }) => ({ cellIndex: message.cellIndex, times: times + 1 }));
      }
    },
    [focusFind],
  );
  /** No heading is to come any more. */
  const fail = useCallback(() => setOutline([]), []);
  return {
    ...{ frame, findField, cellToShow, focusFind, hear, fail },
    ...{ outline, found, isPanelOpen, setPanelOpen, tab, setTab, target },
    print: () => frame.current?.tell({ type: 'print' }),
  };
}

export type NotebookView = ReturnType<typeof useNotebookView>;
