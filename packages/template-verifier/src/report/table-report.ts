import type { Finding, Verdict } from '../questions/question.ts';
import type { Answer } from '../verify.ts';
import { distinctFindings } from './distinct-findings.ts';
import { placeText } from './place-text.ts';
import type { ReportInput } from './report.ts';

const mostShown = 5;
const marks: Readonly<Record<Verdict, string>> = {
  holds: 'holds',
  broken: 'BROKEN',
  unknown: 'UNKNOWN',
  'not-applicable': '-',
};

/** For a terminal, in English: one line a question, and below it what is wrong and where. */
export function tableReport({ subject, verification, toolFindings }: ReportInput): string {
  const { answers, counts, acceptedCount, resourceCount } = verification;
  const width = Math.max(...answers.map(({ question }) => question.id.length));
  const lines = answers.flatMap((answer) => [
    `${markOf(answer).padEnd(9)}${answer.question.id.padEnd(width + 2)}${answer.question.title.english}`,
    ...detailsOf(answer),
  ]);
  const others = toolFindings.map(
    ({ tool, rule, place, message }) => `${tool.padEnd(8)}${rule}  ${place}: ${message}`,
  );
  return [
    `${subject}: ${resourceCount} resources`,
    '',
    ...lines,
    ...(others.length === 0 ? [] : ['', 'Found by other tools:', ...others]),
    '',
    `${counts.holds} hold, ${counts.broken} broken, ${counts.unknown} unknown, ${acceptedCount} accepted with a reason, ${counts['not-applicable']} not applicable. Nothing was deployed: this is what the templates say.`,
    '',
  ].join('\n');
}

function markOf({ verdict, accepted }: Answer): string {
  return accepted === undefined ? marks[verdict] : 'accepted';
}

function detailsOf({ findings, accepted }: Answer): readonly string[] {
  if (accepted !== undefined) return [`          ${accepted.english}`];
  const wrong = distinctFindings(findings).filter(({ verdict }) => verdict !== 'holds');
  const more = wrong.length - mostShown;
  return [
    ...wrong.slice(0, mostShown).flatMap(linesOf),
    ...(more > 0 ? [`          and ${more} more`] : []),
  ];
}

function linesOf({ place, says, statements, counterExample }: Finding): readonly string[] {
  const indent = '          ';
  return [
    `${indent}${placeText(place)}`,
    `${indent}  ${says?.english ?? ''}`,
    ...statements.map(
      ({ effect, statement, place: at }) =>
        `${indent}  by ${effect} "${statement}" at ${placeText(at)}`,
    ),
    ...(counterExample === undefined
      ? []
      : [
          `${indent}  for example ${counterExample.principal} calls ${counterExample.action} on ${counterExample.resource}: ${counterExample.effect}`,
          ...Object.entries(counterExample.context).map(
            ([key, value]) => `${indent}    ${key} = ${value}`,
          ),
        ]),
  ];
}
