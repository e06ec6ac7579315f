export type { ModelOptions } from './graph/model.ts';
export type { Place } from './graph/resource.ts';
export type {
  CounterExample,
  DecidingStatement,
  Finding,
  Outcome,
  Question,
  QuestionGroup,
  Verdict,
} from './questions/question.ts';
export { questions } from './questions/questions.ts';
export { htmlReport } from './report/html-report.ts';
export { jsonReport } from './report/json-report.ts';
export type { ReportInput, ToolFinding } from './report/report.ts';
export { sarifReport } from './report/sarif-report.ts';
export { tableReport } from './report/table-report.ts';
export type { Surroundings } from './resolve/scope.ts';
export { TemplateError, type TemplateErrorCode } from './template/template-error.ts';
export type { Language, Text } from './text.ts';
export {
  type Acceptance,
  type Answer,
  type Verification,
  type VerifyOptions,
  verify,
} from './verify.ts';
