export type {
  AccessRequest,
  AnonymousPrincipal,
  AssumedRoleSession,
  ContextInput,
  ContextScalar,
  ContextValue,
  FederatedIdentity,
  FederatedUserSession,
  IamRole,
  IamUser,
  Principal,
  ServicePrincipal,
} from './access-request.ts';
export { type CompiledPolicy, compilePolicy, type PolicyAttachment } from './compile-policy.ts';
export type { ConditionReport } from './conditions/compile-condition.ts';
export type {
  Decision,
  DecisionEffect,
  MissingAllow,
  NearMiss,
  StatementReport,
} from './decision.ts';
export {
  PolicyDocumentError,
  type PolicyDocumentErrorCode,
} from './document/policy-document-error.ts';
export { evaluate } from './evaluate.ts';
export { type Explanation, explain } from './explain.ts';
export { parseDocument } from './parse-document.ts';
export type {
  ConditionValue,
  OneOrMore,
  PolicyDocument,
  PolicyKind,
  PolicyStatement,
  PrincipalElement,
  PrincipalKind,
} from './policy-document.ts';
export type { PolicySet } from './policy-set.ts';
export type { PrincipalMatch } from './principals/match-principal.ts';
export { AmbiguousContextError } from './request-context.ts';
export type { Finding, FindingCode, FindingSeverity } from './validate/finding.ts';
export { type ValidationOptions, validatePolicy } from './validate/validate-policy.ts';
export type { ServiceSource } from './vocabulary/create-service.ts';
export { loadVocabulary, type VocabularyRequest } from './vocabulary/load-vocabulary.ts';
export { servicesNamedBy } from './vocabulary/services-named-by.ts';
export type { Vocabulary } from './vocabulary/vocabulary.ts';
