import type { Verification } from '../verify.ts';

/** What another tool found in the same templates: shown beside our answers, in its own words. */
export interface ToolFinding {
  readonly tool: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  readonly place: string;
  readonly message: string;
}

export interface ReportInput {
  /** What was verified, as people call it: a folder or files. */
  readonly subject: string;
  readonly verification: Verification;
  readonly toolFindings: readonly ToolFinding[];
}
