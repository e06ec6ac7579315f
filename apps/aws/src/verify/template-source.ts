import type { Surroundings, ToolFinding } from '@strongroom/template-verifier';

/** What there is to verify, from a synthesised folder or from files. */
export interface TemplateSource {
  readonly subject: string;
  /** By file name. */
  readonly templates: Readonly<Record<string, unknown>>;
  readonly surroundings: Partial<Surroundings>;
  /** What other tools found when the folder was made, and nobody has given a reason for. */
  readonly toolFindings: readonly ToolFinding[];
}

export type TemplateSourceErrorCode = 'nothing-synthesized' | 'unreadable' | 'not-json';

/** The templates cannot be read; what is wrong inside one is a `TemplateError`. */
export class TemplateSourceError extends Error {
  override readonly name = 'TemplateSourceError';
  readonly code: TemplateSourceErrorCode;

  constructor(code: TemplateSourceErrorCode, path: string, state: string, options?: ErrorOptions) {
    super(`Cannot read "${path}": ${state}`, options);
    this.code = code;
  }
}
