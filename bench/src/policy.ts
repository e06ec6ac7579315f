import { cpus } from 'node:os';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { compilePolicy, evaluate, type PolicySet } from '@strongroom/policy';
import {
  cedarText,
  documents,
  policyRules,
  type Question,
  questions,
  toCedarContext,
  toIam,
} from './policy-set.ts';
import { type Measure, meetsBound } from './report/measure.ts';
import { formatTable } from './report/print.ts';

const questionCount = 400;
const measureMilliseconds = 3_000;

/** Each question is put into the engine's own form beforehand: that is the caller's work. */
type Prepared = () => boolean;

function ourQuestions(asked: readonly Question[]): Prepared[] {
  const identity = documents.map((document, index) =>
    compilePolicy(document, { kind: 'identity', name: `policy-${index}` }),
  );
  const policies: PolicySet = { identity };
  return asked.map((question) => {
    const request = toIam(question);
    return () => evaluate(request, policies).effect === 'allow';
  });
}

function cedarQuestions(asked: readonly Question[]): Prepared[] {
  const parsed = cedar.preparsePolicySet('bench', { staticPolicies: cedarText });
  if (parsed.type !== 'success')
    throw new Error(`Cedar refused the policies: ${JSON.stringify(parsed)}`);
  return asked.map((question) => {
    const call = {
      principal: { type: 'User', id: question.profile },
      action: { type: 'Action', id: `${question.service}:${question.verb}` },
      resource: { type: 'Resource', id: 'one' },
      context: toCedarContext(question),
      ...{ preparsedPolicySetId: 'bench', entities: [] },
    };
    return () => {
      const answer = cedar.statefulIsAuthorized(call);
      if (answer.type !== 'success')
        throw new Error(`Cedar failed: ${JSON.stringify(answer.errors)}`);
      const { diagnostics, decision } = answer.response;
      if (diagnostics.errors.length > 0)
        throw new Error(`Cedar failed: ${JSON.stringify(diagnostics.errors)}`);
      return decision === 'allow';
    };
  });
}

/** By the processor's time of this process, so that what else the machine does counts for nothing. */
function decisionsPerSecond(asked: readonly Prepared[]): number {
  for (const decide of asked) decide();
  const startedAt = performance.now();
  const before = process.cpuUsage();
  let count = 0;
  while (performance.now() - startedAt < measureMilliseconds) {
    for (const decide of asked) decide();
    count += asked.length;
  }
  const { user, system } = process.cpuUsage(before);
  return (count * 1e6) / (user + system);
}

/** `npm run bench:policy` */
function main(): void {
  const asked = questions(questionCount);
  const [ours, peer] = [ourQuestions(asked), cedarQuestions(asked)];
  const allowed = ours.map((decide) => decide());
  const different = peer.findIndex((decide, index) => decide() !== allowed[index]);
  if (different !== -1)
    throw new Error(`The engines disagree: ${JSON.stringify(asked[different])}`);
  const allowedCount = allowed.filter(Boolean).length;
  console.log(
    `${policyRules.flat().length} statements in ${documents.length} policies; ${questionCount} questions, ${allowedCount} allowed; both engines agree on all. One core of ${cpus()[0]?.model ?? 'this machine'}.`,
  );
  const [oursPerSecond, peerPerSecond] = [decisionsPerSecond(ours), decisionsPerSecond(peer)];
  console.log(`Ours ${Math.round(oursPerSecond)} decisions/s, Cedar ${Math.round(peerPerSecond)}.`);
  const measures: Measure[] = [
    {
      ...{
        measure: 'a decision',
        unit: 'µs',
        ours: 1e6 / oursPerSecond,
        peer: 1e6 / peerPerSecond,
      },
      peerName: `Cedar ${cedar.getCedarVersion()} (wasm)`,
      // 100,000 in a second.
      bound: { kind: 'value', most: 10 },
    },
  ];
  console.log(formatTable(measures));
  process.exitCode = measures.every(meetsBound) ? 0 : 1;
}

main();
