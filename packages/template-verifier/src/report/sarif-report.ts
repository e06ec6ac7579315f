import type { Finding, Question } from '../questions/question.ts';
import type { Answer } from '../verify.ts';
import { distinctFindings } from './distinct-findings.ts';
import { placeText } from './place-text.ts';
import type { ReportInput, ToolFinding } from './report.ts';

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';

/** OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0". */
export function sarifReport({ verification, toolFindings }: ReportInput): string {
  const { answers } = verification;
  const log = {
    ...{ $schema: schema, version: '2.1.0' },
    runs: [
      {
        tool: {
          driver: {
            name: 'strongroom aws verify',
            rules: answers.map(({ question }) => ruleOf(question)),
          },
        },
        results: answers.flatMap(resultsOf),
      },
      ...runsOfTools(toolFindings),
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf({ id, title, why, reference, group }: Question) {
  return {
    id,
    shortDescription: { text: title.english },
    fullDescription: { text: why.english },
    help: { text: reference },
    properties: { tags: [group], titleKorean: title.korean, whyKorean: why.korean },
  };
}

function resultsOf({ question, verdict, findings, accepted }: Answer, ruleIndex: number) {
  const about = { ruleId: question.id, ruleIndex };
  const text = question.title.english;
  if (verdict === 'not-applicable') {
    return [{ ...about, kind: 'notApplicable', level: 'none', message: { text } }];
  }
  if (verdict === 'holds') return [{ ...about, kind: 'pass', level: 'none', message: { text } }];
  return distinctFindings(findings)
    .filter((finding) => finding.verdict !== 'holds')
    .map((finding) => ({
      ...about,
      // "open": could not be decided. Only what fails has a level (section 3.27.10).
      ...(finding.verdict === 'broken'
        ? { kind: 'fail', level: 'error' }
        : { kind: 'open', level: 'none' }),
      message: { text: finding.says?.english ?? text },
      ...(accepted === undefined
        ? {}
        : { suppressions: [{ kind: 'external', justification: accepted.english }] }),
      locations: [locationOf(finding)],
      partialFingerprints: { place: `${question.id}/${placeText(finding.place)}` },
      properties: {
        korean: finding.says?.korean,
        statements: finding.statements,
        counterExample: finding.counterExample,
      },
    }));
}

function locationOf({ place }: Finding) {
  const [root = place.stack] = place.stack.split('/');
  return {
    physicalLocation: { artifactLocation: { uri: `${encodeURIComponent(root)}.template.json` } },
    logicalLocations: [
      { name: place.logicalId, fullyQualifiedName: placeText(place), kind: 'resource' },
    ],
  };
}

/** Each tool is a run of its own, with its own rules. */
function runsOfTools(findings: readonly ToolFinding[]) {
  return [...new Set(findings.map(({ tool }) => tool))].map((tool) => {
    const own = findings.filter((finding) => finding.tool === tool);
    const rules = [...new Set(own.map(({ rule }) => rule))];
    return {
      tool: { driver: { name: tool, rules: rules.map((id) => ({ id })) } },
      results: own.map(({ rule, severity, place, message }) => ({
        ...{ ruleId: rule, ruleIndex: rules.indexOf(rule), level: severity, kind: 'fail' },
        message: { text: message },
        locations: [{ logicalLocations: [{ fullyQualifiedName: place, kind: 'resource' }] }],
      })),
    };
  });
}
