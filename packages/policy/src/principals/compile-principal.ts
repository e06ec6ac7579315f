import { joinPath } from '../document/copy-bounded.ts';
import { invalidElement } from '../document/policy-document-error.ts';
import type { OneOrMore, PrincipalElement, PrincipalKind } from '../policy-document.ts';

/** The names in a Principal or NotPrincipal element. */
export interface PrincipalNames {
  /** `"*"` or `{"AWS": "*"}`: everyone, anonymous callers and services included. */
  readonly everyone: boolean;
  /** Accounts by number, whether written as a number or as the root's ARN. */
  readonly accounts: ReadonlySet<string>;
  /** Users, roles and sessions, compared exactly: names in ARNs are case-sensitive. */
  readonly arns: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
}

const accountPattern = /^\d{12}$/;
const rootPattern = /^arn:aws[a-z-]*:iam::(\d{12}):root$/;
const arnPattern = /^arn:aws[a-z-]*:(?:iam|sts)::\d{12}:[^*?]+$/;

export function compilePrincipal(element: PrincipalElement, path: string): PrincipalNames {
  if (element === '*') return { ...noNames(), everyone: true };
  if (element.CanonicalUser !== undefined) {
    throw invalidElement(joinPath(path, 'CanonicalUser'), 'name the account under "AWS" instead');
  }
  const aws = namesOf(element, 'AWS');
  const services = namesOf(element, 'Service');
  const providers = namesOf(element, 'Federated');
  const wildcard = [...services, ...providers].find((name) => /[*?]/.test(name));
  if (wildcard !== undefined) throw invalidElement(path, `"${wildcard}" cannot have wildcards`);
  return {
    everyone: aws.includes('*'),
    ...readAwsNames(aws, joinPath(path, 'AWS')),
    services: new Set(services),
    providers: new Set(providers),
  };
}

function readAwsNames(
  names: readonly string[],
  path: string,
): Pick<PrincipalNames, 'accounts' | 'arns'> {
  const accounts = new Set<string>();
  const arns = new Set<string>();
  for (const name of names) {
    const account = accountPattern.test(name) ? name : rootPattern.exec(name)?.[1];
    if (account !== undefined) accounts.add(account);
    else if (arnPattern.test(name)) arns.add(name);
    else if (name !== '*') {
      throw invalidElement(path, `"${name}" is no account, user, role, session or "*"`);
    }
  }
  return { accounts, arns };
}

function namesOf(element: Exclude<PrincipalElement, '*'>, kind: PrincipalKind): readonly string[] {
  const names: OneOrMore<string> = element[kind] ?? [];
  return typeof names === 'string' ? [names] : names;
}

function noNames(): Omit<PrincipalNames, 'everyone'> {
  return { accounts: new Set(), arns: new Set(), services: new Set(), providers: new Set() };
}
