import { describe, expect, test } from 'vitest';
import { type Decision, evaluate, type PolicyDocument, type PolicyStatement } from './index.ts';
import {
  policySetOf,
  type Random,
  type RandomCase,
  type RandomDocuments,
  randomCase,
  randomStatement,
  seededRandom,
  shuffled,
  statementsIn,
} from './testing/random-cases.ts';

const runs = 2_000;
const kinds = [
  'identity',
  'resource',
  'endpoint',
  'session',
  'boundary',
  'serviceControl',
] as const satisfies readonly (keyof RandomDocuments)[];

describe('whatever the policies say', () => {
  test('the cases reach every effect often', () => {
    const effects = Array.from({ length: runs }, (_, seed) =>
      effectOf(randomCase(seededRandom(seed))),
    );
    for (const effect of ['allow', 'explicit-deny', 'implicit-deny']) {
      expect(effects.filter((other) => other === effect).length).toBeGreaterThan(runs / 20);
    }
  });

  forAllCases('one more Deny never turns a denial into an allow', (given, random) => {
    const kind = random(kinds);
    const statement = { ...randomStatement(random, needsPrincipal(kind)), Effect: 'Deny' } as const;
    const more = mapFirst(given.documents, kind, (statements) => [...statements, statement]);
    if (effectOf(given) !== 'allow') {
      expect(effectOf({ ...given, documents: more })).not.toBe('allow');
    }
  });

  forAllCases('one Allow less never allows more', (given, random) => {
    const kind = random(kinds);
    const left = mapFirst(given.documents, kind, (statements) => {
      const dropped = random([0, ...statements.keys()]);
      const kept = statements.filter(
        ({ Effect: effect }, index) => effect === 'Deny' || index !== dropped,
      );
      // A document needs a statement; this one speaks of nothing that is asked.
      return kept.length > 0 ? kept : [silentStatement(statements)];
    });
    if (effectOf(given) !== 'allow') {
      expect(effectOf({ ...given, documents: left })).not.toBe('allow');
    }
  });

  forAllCases('the order of statements and policies does not matter', (given, random) => {
    const documents = Object.fromEntries(
      kinds.map((kind) => [
        kind,
        shuffled(random, given.documents[kind]).map((document) => ({
          ...document,
          Statement: shuffled(random, statementsIn(document)),
        })),
      ]),
    ) as unknown as RandomDocuments;
    const { effect, statements } = decide(given);
    const other = decide({ ...given, documents });
    expect(other.effect).toBe(effect);
    expect(other.statements.length).toBe(statements.length);
  });

  forAllCases('a boundary, a session policy and an endpoint never allow more', (given) => {
    if (effectOf(given) !== 'allow') return;
    for (const kind of ['boundary', 'session', 'endpoint', 'serviceControl'] as const) {
      const documents = { ...given.documents, [kind]: [] };
      expect(effectOf({ ...given, documents })).toBe('allow');
    }
  });

  forAllCases('without identity and resource policies nothing is allowed', (given) => {
    const documents = { ...given.documents, identity: [], resource: [] };
    expect(effectOf({ ...given, documents })).not.toBe('allow');
  });

  forAllCases('the case of context keys and of the action does not matter', (given) => {
    const { context = {}, action } = given.request;
    const folded = Object.fromEntries(
      Object.entries(context).map(([key, value]) => [key.toUpperCase(), value]),
    );
    const request = { ...given.request, context: folded, action: action.toUpperCase() };
    expect(effectOf({ ...given, request })).toBe(effectOf(given));
  });

  forAllCases('asking twice gives the same answer', (given) => {
    const policies = policySetOf(given.documents);
    expect(evaluate(given.request, policies)).toEqual(evaluate(given.request, policies));
  });

  forAllCases('a denial says what denied, an allow says what allowed', (given) => {
    const decision = decide(given);
    const wanted = decision.effect === 'explicit-deny' ? 'Deny' : 'Allow';
    expect(decision.deciding.every(({ effect }) => effect === wanted)).toBe(true);
    expect(decision.deciding.length > 0).toBe(decision.effect !== 'implicit-deny');
    expect(decision.missing.length > 0).toBe(decision.effect === 'implicit-deny');
  });
});

function forAllCases(name: string, check: (given: RandomCase, random: Random) => void): void {
  test(name, () => {
    for (let seed = 0; seed < runs; seed += 1) {
      const random = seededRandom(seed);
      check(randomCase(random), random);
    }
  });
}

function decide({ request, documents }: RandomCase): Decision {
  return evaluate(request, policySetOf(documents));
}

function effectOf(given: RandomCase): Decision['effect'] {
  return decide(given).effect;
}

/** Changes the statements of the first document of a kind, if there is one. */
function mapFirst(
  documents: RandomDocuments,
  kind: keyof RandomDocuments,
  change: (statements: readonly PolicyStatement[]) => readonly PolicyStatement[],
): RandomDocuments {
  const [first, ...others] = documents[kind];
  if (first === undefined) return documents;
  const changed: PolicyDocument = { ...first, Statement: change(statementsIn(first)) };
  return { ...documents, [kind]: [changed, ...others] };
}

function silentStatement([statement]: readonly PolicyStatement[]): PolicyStatement {
  const { Principal: principal } = statement ?? {};
  return {
    Effect: 'Allow',
    Action: 'none:None',
    Resource: 'arn:aws:none:::none',
    ...(principal === undefined ? {} : { Principal: principal }),
  };
}

function needsPrincipal(kind: keyof RandomDocuments): boolean {
  return kind === 'resource' || kind === 'endpoint';
}
