import type { KernelLanguage } from './kernel-language.ts';
import { stripTypes } from './strip-types.ts';

/** Types are taken away and not checked, as Node.js itself does with files of TypeScript. */
export const typeScript: KernelLanguage = {
  ...{ name: 'typescript', mimeType: 'application/typescript', fileExtension: '.ts' },
  toJavaScript: stripTypes,
};
