export type TemplateErrorCode = 'not-a-template' | 'no-template' | 'not-json';

/** Something given as a CloudFormation template is none. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  readonly code: TemplateErrorCode;

  constructor(code: TemplateErrorCode, template: string, state: string, options?: ErrorOptions) {
    super(`Cannot read template "${template}": ${state}`, options);
    this.code = code;
  }
}
