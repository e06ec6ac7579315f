import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { FromViewer, ToViewer } from '@strongroom/contracts';
import {
  forwardRef,
  type RefObject,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../language/start-language.ts';
import { useIsDark } from '../shell/theme.ts';
import { type PlacedFrame, placeViewerFrame } from './early-frame.ts';
import { NotebookSkeleton } from './NotebookSkeleton.tsx';
import './notebooks.css';
import { useViewerMessages } from './use-viewer-messages.ts';

type CommentCounts = Extract<ToViewer, { type: 'comments' }>['commentCounts'];

interface NotebookFrameProps {
  /** The origin without cookies that renders notebooks. */
  readonly viewerOrigin: string;
  /** JSON as it is stored; undefined while it is fetched, which the frame loads beside. */
  readonly notebook: string | undefined;
  /** What the frame is called to a person who cannot see it. */
  readonly title: string;
  /** Keep it the same object while nothing has changed. */
  readonly commentCounts?: CommentCounts;
  readonly mayComment?: boolean;
  /** Outlines, finds and comments: the notebook's own outputs may have said them. */
  readonly onMessage?: (message: FromViewer) => void;
  /** Nothing is shown, for whatever reason: also where the frame itself can say nothing. */
  readonly onFailure?: () => void;
}

/** What a page asks of the frame: to scroll, to find, to print. */
export interface NotebookFrameHandle {
  tell(message: ToViewer): void;
}

const noComments: CommentCounts = [];
/** Of the frame, at the top and the bottom. */
const borderPixels = 2;
/** The origin has another name: where that name leads nowhere, nothing else tells. */
const loadDeadlineMilliseconds = 20_000;

/** A rendered notebook. Nothing of it is ever put into this page: it is sent to a frame of another origin. */
export const NotebookFrame = forwardRef<NotebookFrameHandle, NotebookFrameProps>(
  function NotebookFrame(props, handle) {
    const { t } = useTranslation();
    const [attempt, setAttempt] = useState(0);
    const [failure, setFailure] = useState<Failure>();
    const { onFailure } = props;
    const fail = useCallback(
      (why: Failure) => {
        setFailure(why);
        onFailure?.();
      },
      [onFailure],
    );
    if (failure === undefined) return <Frame key={attempt} {...props} ref={handle} fail={fail} />;
    return (
      <Alert
        type="error"
        header={t('notebooks.failed')}
        action={
          <Button
            onClick={() => {
              setFailure(undefined);
              setAttempt((count) => count + 1);
            }}
          >
            {t('retry')}
          </Button>
        }
      >
        {t(`notebooks.failures.${failure}`)}
      </Alert>
    );
  },
);

const failures = ['unreachable', 'left', 'NotANotebook', 'UnknownFormat', 'Internal'] as const;
/** The first two are noticed here; the others are the frame's own codes. */
type Failure = (typeof failures)[number];

interface FrameProps extends NotebookFrameProps {
  readonly fail: (failure: Failure) => void;
}

const Frame = forwardRef<NotebookFrameHandle, FrameProps>(function Frame(props, handle) {
  const { viewerOrigin, notebook, title, mayComment = false, fail, onMessage } = props;
  const { commentCounts = noComments } = props;
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const [isPainted, setPainted] = useState(false);
  const [isReady, setReady] = useState(false);
  const [heightPixels, setHeightPixels] = useState<number>();
  const theme = useIsDark() ? 'dark' : 'light';
  const language = currentLanguage();

  const placed = usePlacedFrame(place, viewerOrigin, setReady);
  const element = placed.frame;
  const tell = useViewerMessages(element, (message) => {
    if (message.type === 'ready') {
      // A second one: an output has led the frame elsewhere. It gets nothing more by itself.
      if (isReady) fail('left');
      setReady(true);
    } else if (message.type === 'painted') setPainted(true);
    else if (message.type === 'height') setHeightPixels(message.pixels);
    else {
      onMessage?.(message);
      if (message.type !== 'failed') return;
      fail(failures.find((each) => each === message.reason) ?? 'Internal');
    }
  });
  useImperativeHandle(handle, () => ({ tell }), [tell]);

  useEffect(() => {
    if (isReady) return;
    const timer = setTimeout(() => fail('unreachable'), loadDeadlineMilliseconds);
    return () => clearTimeout(timer);
  }, [isReady, fail]);

  useLayoutEffect(() => {
    const frame = element.current;
    if (frame === null) return;
    frame.title = title;
    frame.className = isPainted ? '' : 'notebook-frame-hidden';
    frame.style.maxBlockSize =
      heightPixels === undefined ? '' : `${Math.ceil(heightPixels) + borderPixels}px`;
  }, [element, title, isPainted, heightPixels]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what changes later is told below
  useLayoutEffect(() => {
    if (!isReady || notebook === undefined) return;
    const isPrepared = placed.takePrepared() === notebook;
    const toRender = isPrepared ? undefined : notebook;
    tell({ type: 'render', notebook: toRender, language, theme, commentCounts, mayComment });
  }, [isReady, notebook, mayComment]);
  useTold(isReady, tell, { type: 'theme', theme }, theme);
  useTold(isReady, tell, { type: 'language', language }, language);
  useTold(isReady, tell, { type: 'comments', commentCounts }, commentCounts);

  return (
    <div className="notebook-frame">
      {!isPainted && <NotebookSkeleton label={t('notebooks.loading')} />}
      <div ref={place} className="notebook-frame-place" />
    </div>
  );
});

/** The frame in its place: not React's, since it may have been loaded before React was. */
function usePlacedFrame(
  place: RefObject<HTMLDivElement>,
  viewerOrigin: string,
  setReady: (isReady: boolean) => void,
): {
  readonly frame: RefObject<HTMLIFrameElement>;
  /** What the frame has read ahead, which it shows once. */
  takePrepared(): string | undefined;
} {
  const frame = useRef<HTMLIFrameElement | null>(null);
  const taking = useRef<PlacedFrame['takePrepared']>();
  useLayoutEffect(() => {
    if (place.current === null) return;
    const placed = placeViewerFrame(place.current, viewerOrigin);
    frame.current = placed.element;
    taking.current = placed.takePrepared;
    setReady(placed.isReady);
    return () => {
      frame.current = null;
      placed.takePrepared();
      placed.element.remove();
    };
  }, [place, viewerOrigin, setReady]);
  const takePrepared = () => taking.current?.();
  return { frame, takePrepared };
}

/** Tells the frame what has changed since it was rendered, which said it the first time. */
function useTold(
  isReady: boolean,
  tell: (message: ToViewer) => void,
  message: ToViewer,
  value: unknown,
): void {
  const told = useRef(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the message is made of the value
  useEffect(() => {
    if (!isReady || told.current === value) return;
    told.current = value;
    tell(message);
  }, [isReady, tell, value]);
}
