import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { compilePolicy, evaluate, type PolicyDocument } from '@strongroom/policy';
import { type AuthorizeKey, KeyError, type KeyQuestion } from '@strongroom/sealing';
import type { Clock } from '../clock.ts';
import type { Decision } from './access-request.ts';
import { actingByArn } from './acting-by-arn.ts';
import { toDecision } from './authorize.ts';
import { toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

export interface AuthorizeKeyUseOptions {
  readonly domain: () => Domain;
  readonly book: () => PolicyBook;
  readonly clock: Clock;
}

/** The platform opens homes and keeps house; the operator holds the machine and so the keyring. */
const trusted: ReadonlySet<string> = new Set(['platform', 'operator']);

/**
 * Decides each use of a key by whoever caused it: their identity policies and the key's own, both of
 * which must allow (AWS KMS Developer Guide, "Troubleshooting key access").
 */
export function createAuthorizeKeyUse(options: AuthorizeKeyUseOptions): AuthorizeKey {
  const compiled = new WeakMap<object, ReturnType<typeof compilePolicy>>();
  const policyOf = (policy: unknown) => {
    if (typeof policy !== 'object' || policy === null) return [];
    const known = compiled.get(policy);
    if (known !== undefined) return [known];
    const made = compilePolicy(policy as PolicyDocument, { kind: 'resource', name: 'key' });
    compiled.set(policy, made);
    return [made];
  };
  return async (question) => {
    const { caller, action, keyArn, keyPolicy } = question;
    if (trusted.has(caller.principal)) return;
    const domain = options.domain();
    const acting = actingByArn(domain, caller.principal);
    if (acting === undefined) throw refused(question, 'nobody of this domain');
    const now = options.clock();
    const context = contextOf(domain, question);
    const request = toIamRequest(domain, { acting, action, resource: keyArn, now, context });
    const identity = options.book().policiesOf(acting);
    const decided = evaluate(request, { ...identity, resource: policyOf(keyPolicy) });
    const decision = toDecision(decided);
    if (!decision.allowed) throw refused(question, decision.sentence, decision);
  };
}

/** AWS KMS Developer Guide, "Condition keys for AWS KMS": data keys are asked for by S3 alone here. */
function contextOf({ domain }: Domain, { context }: KeyQuestion): Record<string, string> {
  const entries = Object.entries(context);
  const given = entries.map(([name, value]) => [`kms:EncryptionContext:${name}`, value] as const);
  return {
    ...Object.fromEntries(given),
    'kms:CallerAccount': domain.accountId,
    ...(entries.length === 0 ? {} : { 'kms:ViaService': `s3.${domain.region}.amazonaws.com` }),
  };
}

/** Its cause says in both languages by which rule, for whoever tells a person. */
function refused({ action, keyArn }: KeyQuestion, why: string, decision?: Decision): KeyError {
  const message = `Cannot do "${action}" with "${keyArn}": ${why}`;
  const { rule = 'implicit-deny', sentence = why, koreanSentence = why } = decision ?? {};
  const values = { action, rule, sentence, koreanSentence };
  const cause = new StrongroomError('AccessDenied', sentence, { values });
  return new KeyError('AccessDeniedException', message, { cause });
}
