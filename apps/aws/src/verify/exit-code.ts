import type { ReportInput } from '@strongroom/template-verifier';

/** 1: something is broken, or another tool found something that has no reason. 2: something cannot be told. */
export function exitCodeOf({ verification, toolFindings }: ReportInput): 0 | 1 | 2 {
  const { broken, unknown } = verification.counts;
  if (broken > 0 || toolFindings.length > 0) return 1;
  return unknown > 0 ? 2 : 0;
}
