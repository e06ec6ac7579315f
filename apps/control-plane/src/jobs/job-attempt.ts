import {
  type Job,
  type RunNotebookRequest,
  type Sentence,
  StrongroomError,
} from '@strongroom/contracts';
import { deferred } from '../studios/deferred.ts';
import type { JobNotice } from '../studios/notebook-run.ts';
import type { Studios } from '../studios/studios.ts';
import { jobTexts } from './job-texts.ts';

export interface AttemptOptions {
  readonly studios: Pick<Studios, 'runNotebook'>;
  readonly profileName: Job['profileName'];
  readonly request: RunNotebookRequest;
  /** Ends it. */
  readonly signal: AbortSignal;
  onProgress(progress: NonNullable<Job['progress']>): void;
  onText(text: string): void;
}

/** How one attempt ended. */
export interface AttemptEnd {
  readonly outcome: 'completed' | 'failed' | 'cancelled';
  readonly failure: {
    readonly code: string;
    readonly message: string | Sentence;
    readonly cell: number | null;
    readonly mayRetry: boolean;
  } | null;
}

/** An agent that was told to end a notebook interrupts it first, and stops its kernel after that. */
const silenceMilliseconds = 20_000;
const passingCodes: ReadonlySet<string> = new Set(['SandboxUnavailable', 'ServerDidNotStart']);

/** Runs a notebook in its owner's studio, once. Never rejects. */
export async function runAttempt(options: AttemptOptions): Promise<AttemptEnd> {
  const { studios, signal, request, profileName } = options;
  const ended = deferred<AttemptEnd>();
  const onNotice = (notice: JobNotice) => {
    switch (notice.notice) {
      case 'notebookProgress': {
        const { finishedCells, totalCells } = notice;
        return options.onProgress({ finishedCells, totalCells });
      }
      case 'notebookOutput':
        return options.onText(notice.text);
      case 'notebookEnded':
        // An agent that ends gives its notebooks up: the studio's own end tells why.
        if (notice.outcome === 'cancelled' && !signal.aborted) return;
        return ended.resolve({ outcome: notice.outcome, failure: notice.failure });
    }
  };
  let silence: NodeJS.Timeout | undefined;
  try {
    const run = await studios.runNotebook({ profileName, request, signal, onNotice });
    const end = () => {
      run.cancel();
      silence = setTimeout(
        () => ended.resolve(failed('StudioLost', jobTexts.silent)),
        silenceMilliseconds,
      );
    };
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    void run.lost.then((how) =>
      ended.resolve(
        how === 'stopped'
          ? failed('StudioStopped', jobTexts.studioStopped)
          : failed('StudioLost', jobTexts.studioLost, true),
      ),
    );
    const attemptEnd = await ended.promise;
    signal.removeEventListener('abort', end);
    run.leave();
    return attemptEnd;
  } catch (error) {
    if (signal.aborted) return { outcome: 'cancelled', failure: null };
    const code = error instanceof StrongroomError ? error.code : 'Internal';
    const message = error instanceof Error ? error.message : String(error);
    return failed(code, message, passingCodes.has(code));
  } finally {
    clearTimeout(silence);
  }
}

export function failed(
  code: string,
  message: string | Sentence,
  mayRetry = false,
): AttemptEnd & { readonly failure: NonNullable<AttemptEnd['failure']> } {
  return { outcome: 'failed', failure: { code, message, cell: null, mayRetry } };
}
