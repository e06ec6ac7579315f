import { beforeAll, describe, expect, it } from 'vitest';
import { goodTemplate } from '../testing/good-template.ts';
import { add, set, somethingUnknown } from '../testing/question-cases.ts';
import { type Verification, verify } from '../verify.ts';
import { htmlReport } from './html-report.ts';
import { jsonReport } from './json-report.ts';
import type { ReportInput } from './report.ts';
import { sarifReport } from './sarif-report.ts';
import { tableReport } from './table-report.ts';

const hostile = '<img src=x onerror=alert(1)>';
let verification: Verification;
let input: ReportInput;

beforeAll(async () => {
  const template = goodTemplate();
  set('Domain.AppNetworkAccessType', 'PublicInternetOnly')(template);
  set('Domain.KmsKeyId', somethingUnknown)(template);
  set('StsEndpoint.PolicyDocument', undefined)(template);
  set('PeopleRole.Policies.0.PolicyDocument.Statement.0.Condition', undefined)(template);
  add(hostile, 'AWS::SNS::Topic', {})(template);
  verification = await verify({ templates: { research: template } });
  const toolFindings = [
    { tool: 'cdk-nag', rule: 'R1', severity: 'error', place: hostile, message: hostile },
  ] as const;
  input = { subject: 'research.template.json', verification, toolFindings };
});

describe('what is accepted', () => {
  const reason = { english: 'Mended elsewhere.', korean: '다른 곳에서 처리합니다.' };

  it('is not counted as broken, and stays in every report with its reason', async () => {
    const template = goodTemplate();
    set('Domain.AppNetworkAccessType', 'PublicInternetOnly')(template);
    const accepting = await verify({
      templates: { research: template },
      acceptances: [
        { questionId: 'domain-vpc-only', reason },
        { questionId: 'docker-off', reason },
      ],
    });
    const subject = { subject: 'research', verification: accepting, toolFindings: [] };
    expect([accepting.counts.broken, accepting.acceptedCount]).toEqual([0, 1]);
    expect(tableReport(subject)).toContain(reason.english);
    expect(jsonReport(subject)).toContain(reason.korean);
    expect(sarifReport(subject)).toContain('suppressions');
    expect(htmlReport(subject, 'en')).toContain(reason.english);
    expect(htmlReport(subject, 'ko')).toContain(reason.korean);
  });
});

describe('the table', () => {
  it('has a line for each question, and what is wrong below it', () => {
    const table = tableReport(input);
    expect(table).toMatch(/^BROKEN +domain-vpc-only/m);
    expect(table).toContain('research: Domain.Properties.AppNetworkAccessType');
    expect(table).toMatch(/^UNKNOWN +domain-key/m);
    expect(table).toMatch(/^holds +docker-off/m);
  });
});

describe('the JSON report', () => {
  it('gives verdict, place and counter-example of each question', () => {
    const report = JSON.parse(jsonReport(input));
    expect(report.counts.broken).toBe(verification.counts.broken);
    const presign = report.answers.find(
      ({ id }: { id: string }) => id === 'studio-opens-through-endpoint-only',
    );
    expect(presign.verdict).toBe('holds');
    const access = report.answers.find(({ id }: { id: string }) => id === 'domain-vpc-only');
    expect(access.findings[0].place.logicalId).toBe('Domain');
  });
});

describe('the SARIF report', () => {
  it('says what fails, what is open and what passes', () => {
    const log = JSON.parse(sarifReport(input));
    const [run, other] = log.runs;
    const kinds = (id: string) =>
      run.results
        .filter(({ ruleId }: { ruleId: string }) => ruleId === id)
        .map(({ kind }: { kind: string }) => kind);
    expect(log.version).toBe('2.1.0');
    expect(kinds('domain-vpc-only')).toEqual(['fail']);
    expect(kinds('domain-key')).toEqual(['open']);
    expect(kinds('docker-off')).toEqual(['pass']);
    expect(kinds('network-acls-closed')).toEqual(['notApplicable']);
    expect(other.tool.driver.name).toBe('cdk-nag');
    for (const { ruleId, ruleIndex } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    }
  });
});

describe.each(['en', 'ko'] as const)('the page in %s', (language) => {
  it('loads nothing and runs nothing, whatever the template is called', () => {
    const page = htmlReport(input, language);
    expect(page).not.toMatch(/<(?:script|link|img|iframe|object)\b|url\(|@import/i);
    expect(page).not.toContain(hostile);
    expect(page).toContain("default-src 'none'");
    expect(page).toContain(`<html lang="${language}">`);
  });

  it('shows each question once and each mistake with its place', () => {
    const page = htmlReport(input, language);
    for (const { question } of verification.answers) {
      expect(page).toContain(
        language === 'ko'
          ? question.title.korean
          : question.title.english.replaceAll('"', '&quot;'),
      );
    }
    expect(page).toContain('Properties.<wbr>AppNetworkAccessType');
  });
});

it('every text stands in both languages', () => {
  const korean = /[가-힣]/;
  for (const { question, findings } of verification.answers) {
    for (const text of [
      question.title,
      question.why,
      ...findings.flatMap(({ says }) => says ?? []),
    ]) {
      expect(text.english).not.toMatch(korean);
      expect(text.korean).toMatch(korean);
    }
  }
});
