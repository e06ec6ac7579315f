import type { Finding } from '../questions/question.ts';
import { placeText } from './place-text.ts';

/** A place that is wrong in the same way for many requests is said once, worst first. */
export function distinctFindings(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.verdict} ${placeText(finding.place)} ${finding.says?.english}`;
    if (!seen.has(key)) seen.set(key, finding);
  }
  const order: readonly Finding['verdict'][] = ['broken', 'unknown', 'holds'];
  return [...seen.values()].sort(
    (one, other) => order.indexOf(one.verdict) - order.indexOf(other.verdict),
  );
}
