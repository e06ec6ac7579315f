import {
  htmlReport,
  jsonReport,
  type Language,
  type ReportInput,
  sarifReport,
  tableReport,
} from '@strongroom/template-verifier';

export const reportFormats = ['table', 'json', 'sarif', 'html'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export function renderReport(input: ReportInput, format: ReportFormat, language: Language): string {
  switch (format) {
    case 'table':
      return tableReport(input);
    case 'json':
      return jsonReport(input);
    case 'sarif':
      return sarifReport(input);
    case 'html':
      return htmlReport(input, language);
  }
}
