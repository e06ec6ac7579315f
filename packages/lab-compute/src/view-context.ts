import type { NotebookCompute } from './model/notebook-compute.ts';
import type { Texts } from './texts.ts';

/** What every view of this package is given. */
export interface ViewContext {
  readonly trans: Texts;
  /** Such as `ko-KR`. */
  readonly languageTag: string;
  readonly failureText: (error: unknown) => string;
  /** Shows what the notebook can run on; `preferred` is chosen ahead. */
  readonly openPicker: (
    notebook: NotebookCompute,
    preferred?: { readonly instanceType?: string },
  ) => void;
  /** Asks before variables are lost. */
  readonly askToRestart: (notebook: NotebookCompute) => void;
}

/** One sentence in the language of the page. */
export function sentenceText(
  sentence: { readonly english: string; readonly korean: string } | null,
  languageTag: string,
): string {
  if (sentence === null) return '';
  return languageTag.startsWith('ko') ? sentence.korean : sentence.english;
}
