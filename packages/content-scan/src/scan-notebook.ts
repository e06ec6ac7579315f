import type { ScanFinding } from '@strongroom/contracts';
import { notebookTexts } from './notebook-texts.ts';
import type { ScanRules } from './scan-rules.ts';
import { scanText } from './scan-text.ts';

/** What the rules find in a parsed notebook, by cell, source before outputs. */
export async function scanNotebook(notebook: unknown, rules: ScanRules): Promise<ScanFinding[]> {
  const found: ScanFinding[] = [];
  for (const { text, cellIndex, cellId, part } of notebookTexts(notebook)) {
    for (const { rule, line, masked } of await scanText(text, rules)) {
      const action = rules[rule];
      if (action === 'off') continue;
      found.push({ rule, action, cellIndex, cellId, part, line, masked });
    }
  }
  return found;
}
