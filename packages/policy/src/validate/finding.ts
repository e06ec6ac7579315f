export type FindingSeverity = 'error' | 'warning';

export type FindingCode =
  | 'AllowWithNotPrincipal'
  | 'BothElements'
  | 'CharacterNotAllowed'
  | 'DuplicateConditionKey'
  | 'DuplicateSid'
  | 'InvalidArn'
  | 'InvalidCidr'
  | 'InvalidDate'
  | 'InvalidPrincipal'
  | 'InvalidSid'
  | 'KeyNotForAction'
  | 'LookAlikeCharacters'
  | 'MissingElement'
  | 'MissingKeyPasses'
  | 'NeverMatchingAllow'
  | 'NeverMatchingDeny'
  | 'PrincipalMissing'
  | 'PrincipalNotAllowed'
  | 'ResourceNotForAction'
  | 'TooLarge'
  | 'UncheckedService'
  | 'UnknownAction'
  | 'UnknownConditionKey'
  | 'UnknownElement'
  | 'UnknownOperator'
  | 'UnknownService'
  | 'UnresolvableVariable'
  | 'WildcardIsLiteral'
  | 'WrongOperatorForKey'
  | 'WrongType';

/** One thing to mend in a policy document, said in both languages of the console. */
export interface Finding {
  readonly severity: FindingSeverity;
  readonly code: FindingCode;
  /** Such as `Statement[0].Condition.StringEquals.aws:SourceVpce`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  readonly korean: string;
}

export interface Wording {
  readonly message: string;
  readonly korean: string;
}

export function error(code: FindingCode, path: string, wording: Wording): Finding {
  return { severity: 'error', code, path, ...wording };
}

export function warning(code: FindingCode, path: string, wording: Wording): Finding {
  return { severity: 'warning', code, path, ...wording };
}

const longestShown = 80;

/** A value from the document, for a message. */
export function quote(value: string): string {
  return `"${value.length > longestShown ? `${value.slice(0, longestShown)}…` : value}"`;
}
