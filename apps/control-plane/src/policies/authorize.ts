import type { ProfileName } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';

/** SageMaker's own action names where they exist. */
export type Action =
  | 'sagemaker:CreatePresignedDomainUrl'
  | 'sagemaker:CreateApp'
  | 'sagemaker:DeleteApp'
  | 'sagemaker:ListApps'
  | 'sagemaker:CreateUserProfile'
  | 'sagemaker:UpdateUserProfile'
  | 'sagemaker:DeleteUserProfile'
  | 'strongroom:CreateOneTimePassword'
  | 'strongroom:ListHomeFiles'
  | 'strongroom:ReadHomeFile'
  | 'strongroom:ListControls';

export interface AccessRequest {
  readonly principal: Person;
  readonly action: Action;
  /** The profile acted upon; `'*'` is the domain. */
  readonly resource: ProfileName | '*';
}

export interface Decision {
  readonly allowed: boolean;
  /** Names the rule that decided, for the audit trail. */
  readonly rule: 'person-disabled' | 'owner-only' | 'owner-or-administrator' | 'administrator-only';
  /** Why, in words for the person who asked. */
  readonly sentence: string;
}

type Rule = Exclude<Decision['rule'], 'person-disabled'>;

const ruleOfAction: Readonly<Record<Action, Rule>> = {
  'sagemaker:CreatePresignedDomainUrl': 'owner-only',
  'sagemaker:CreateApp': 'owner-only',
  'sagemaker:DeleteApp': 'owner-or-administrator',
  'sagemaker:ListApps': 'owner-or-administrator',
  'sagemaker:CreateUserProfile': 'administrator-only',
  'sagemaker:UpdateUserProfile': 'administrator-only',
  'sagemaker:DeleteUserProfile': 'administrator-only',
  'strongroom:CreateOneTimePassword': 'administrator-only',
  'strongroom:ListHomeFiles': 'owner-only',
  'strongroom:ReadHomeFile': 'owner-only',
  'strongroom:ListControls': 'administrator-only',
};

/** Decides; has no effect. INVARIANT: every decision of the control plane about a person is taken here. */
export function authorize(request: AccessRequest): Decision {
  const { principal, action, resource } = request;
  if (principal.disabled) {
    const sentence = `The profile "${principal.profileName}" is disabled.`;
    return { allowed: false, rule: 'person-disabled', sentence };
  }
  const rule = ruleOfAction[action];
  const allowed = isAllowed(rule, request);
  const target = resource === '*' ? 'the domain' : `the profile "${resource}"`;
  return {
    allowed,
    rule,
    sentence: allowed
      ? `${action} on ${target} is allowed to "${principal.profileName}".`
      : `${action} on ${target} is allowed only to ${whoIsAllowed(rule)}.`,
  };
}

function isAllowed(rule: Rule, { principal, resource }: AccessRequest): boolean {
  const isOwner = principal.profileName === resource;
  const isAdministrator = principal.role === 'administrator';
  switch (rule) {
    case 'owner-only':
      return isOwner;
    case 'owner-or-administrator':
      return isOwner || isAdministrator;
    case 'administrator-only':
      return isAdministrator;
  }
}

function whoIsAllowed(rule: Rule): string {
  switch (rule) {
    case 'owner-only':
      return 'its owner';
    case 'owner-or-administrator':
      return 'its owner and to administrators';
    case 'administrator-only':
      return 'administrators';
  }
}
