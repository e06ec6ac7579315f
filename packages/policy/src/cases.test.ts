import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  type AccessRequest,
  type CompiledPolicy,
  compilePolicy,
  type Decision,
  evaluate,
  explain,
  type PolicyKind,
  type PolicySet,
  type Principal,
  parseDocument,
} from './index.ts';

/** One rule of AWS's documentation, in our words, as a request and its policies. */
interface PolicyCase {
  readonly name: string;
  readonly source: { readonly url: string; readonly title: string };
  readonly request: Omit<AccessRequest, 'principal'> & { readonly principal: string };
  readonly policies: {
    readonly identity?: readonly unknown[];
    readonly resource?: readonly unknown[];
    readonly endpoint?: readonly unknown[];
    readonly session?: readonly unknown[];
    readonly boundary?: unknown;
    readonly serviceControl?: readonly (readonly unknown[])[];
  };
  readonly expect: Decision['effect'];
  /** Sids of the statements that decide. */
  readonly deciding?: readonly string[];
  /** Kinds of policies that had to allow and did not. */
  readonly missing?: readonly PolicyKind[];
  /** Keys of the conditions that kept statements from applying. */
  readonly failedKeys?: readonly string[];
}

const folder = new URL('../cases/', import.meta.url);
const principals = readJson('shared/principals.json') as Readonly<Record<string, Principal>>;
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('there are cases for every topic', () => {
  expect(files.length).toBeGreaterThanOrEqual(19);
});

for (const file of files) {
  describe(file, () => {
    test.each(readJson(file) as readonly PolicyCase[])('$name', (policyCase) => {
      const decision = evaluate(requestOf(policyCase), policySetOf(policyCase));
      const { deciding, missing, failedKeys, source } = policyCase;

      expect(decision.effect).toBe(policyCase.expect);
      if (deciding !== undefined) {
        expect(decision.deciding.map(({ statement }) => statement)).toEqual(deciding);
      }
      if (missing !== undefined) {
        expect(decision.missing.map(({ kind }) => kind)).toEqual(missing);
      }
      if (failedKeys !== undefined) {
        const failed = decision.nearMisses.flatMap((miss) => miss.failed);
        expect(failed.map(({ key }) => key)).toEqual(failedKeys);
      }
      const { english, korean } = explain(decision);
      expect(english).toMatch(decision.effect === 'allow' ? /^Allowed .+\.$/ : /^Denied.+\.$/);
      expect(korean).toMatch(decision.effect === 'allow' ? /허용되었습니다\.$/ : /습니다\.$/);
      expect(source.url).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
      expect(source.title).not.toBe('');
    });
  });
}

function requestOf({ request }: PolicyCase): AccessRequest {
  const principal = principals[request.principal];
  if (principal === undefined) throw new Error(`Cannot find principal "${request.principal}"`);
  return { ...request, principal };
}

function policySetOf({ policies }: PolicyCase): PolicySet {
  const { boundary, serviceControl } = policies;
  return {
    identity: compileAll('identity', policies.identity),
    resource: compileAll('resource', policies.resource),
    endpoint: compileAll('endpoint', policies.endpoint),
    session: compileAll('session', policies.session),
    serviceControl: (serviceControl ?? []).map((level) => compileAll('service-control', level)),
    ...(boundary === undefined ? {} : { boundary: compile('boundary', boundary, 'boundary') }),
  };
}

function compileAll(
  kind: PolicyKind,
  documents: readonly unknown[] = [],
): readonly CompiledPolicy[] {
  return documents.map((document, index) => compile(kind, document, `${kind}-${index}`));
}

function compile(kind: PolicyKind, document: unknown, name: string): CompiledPolicy {
  return compilePolicy(parseDocument(document), { kind, name });
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
}
