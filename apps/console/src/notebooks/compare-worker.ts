import { type ComparisonQuestion, compareNotebooks } from './compare-notebooks.ts';

/** A thread of its own, so that the page can end it. */
self.onmessage = ({ data }: MessageEvent<ComparisonQuestion>) => {
  self.postMessage(compareNotebooks(data));
};
