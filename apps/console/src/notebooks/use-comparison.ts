import { useEffect, useState } from 'react';
import type { ComparisonAnswer, ComparisonQuestion } from './compare-notebooks.ts';

const deadlineMilliseconds = 20_000;

type ComparisonState =
  | ComparisonAnswer
  | { readonly state: 'working' }
  | { readonly state: 'tooLong' };

/** Compares beside the page, which stays usable whatever the notebooks are made of. */
export function useComparison({ before, after }: ComparisonQuestion): ComparisonState {
  const [state, setState] = useState<ComparisonState>({ state: 'working' });
  useEffect(() => {
    setState({ state: 'working' });
    const worker = new Worker(new URL('./compare-worker.ts', import.meta.url), { type: 'module' });
    const end = (next: ComparisonState) => {
      clearTimeout(timer);
      worker.terminate();
      setState(next);
    };
    const timer = setTimeout(() => end({ state: 'tooLong' }), deadlineMilliseconds);
    worker.onmessage = ({ data }: MessageEvent<ComparisonAnswer>) => end(data);
    worker.onerror = () => end({ state: 'tooLong' });
    worker.postMessage({ before, after } satisfies ComparisonQuestion);
    return () => {
      clearTimeout(timer);
      worker.terminate();
    };
  }, [before, after]);
  return state;
}
