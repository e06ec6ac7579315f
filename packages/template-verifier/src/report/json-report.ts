import { distinctFindings } from './distinct-findings.ts';
import type { ReportInput } from './report.ts';

/** For programs. Texts in both languages; places as stack, logical id and path. */
export function jsonReport({ subject, verification, toolFindings }: ReportInput): string {
  const { answers, counts, acceptedCount, resourceCount, stacks, surroundings } = verification;
  const report = {
    subject,
    deployed: false,
    ...{ counts, acceptedCount, resourceCount, stacks, surroundings },
    answers: answers.map(({ question, verdict, accepted, findings }) => ({
      id: question.id,
      group: question.group,
      ...{ verdict, accepted },
      ...{ title: question.title, why: question.why, reference: question.reference },
      findings: distinctFindings(findings),
    })),
    toolFindings,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}
