import { cpus } from 'node:os';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import {
  type AccessRequest,
  compilePolicy,
  evaluate,
  type PolicyDocument,
  type PolicySet,
  type Principal,
} from '@strongroom/policy';
import { type Measure, meetsBound } from './report/measure.ts';
import { formatTable } from './report/print.ts';

const policyCount = 5;
const statementsEach = 8;
const questionCount = 400;
const measureMilliseconds = 3_000;
const account = '000000000000';

interface Question {
  readonly action: string;
  readonly arn: string;
  readonly team: string;
  readonly address: string;
}

/** One rule, told to both engines: an action, a resource pattern, a tag, and where from. */
interface Rule {
  readonly effect: 'Allow' | 'Deny';
  readonly action: string;
  readonly prefix: string;
  readonly team: string;
}

const rules: Rule[] = Array.from({ length: policyCount * statementsEach }, (_, index) => ({
  effect: index % statementsEach === statementsEach - 1 ? 'Deny' : 'Allow',
  action: `service:Action${index % 10}`,
  prefix: `arn:aws:service:::bucket-${index % 7}/`,
  team: `team-${index % 3}`,
}));

function questions(): Question[] {
  return Array.from({ length: questionCount }, (_, index) => ({
    action: `service:Action${index % 11}`,
    arn: `arn:aws:service:::bucket-${(index * 3) % 8}/folder/object-${index}`,
    team: `team-${index % 4}`,
    address: '10.0.1.2',
  }));
}

function ourEngine(): (question: Question) => boolean {
  const identity = Array.from({ length: policyCount }, (_, policy) => {
    const own = rules.slice(policy * statementsEach, (policy + 1) * statementsEach);
    const document: PolicyDocument = {
      Version: '2012-10-17',
      Statement: own.map(({ effect, action, prefix, team }, index) => ({
        ...{ Sid: `Statement${index}`, Effect: effect, Action: action, Resource: `${prefix}*` },
        Condition: { StringEquals: { 'aws:PrincipalTag/team': team } },
      })),
    };
    return compilePolicy(document, { kind: 'identity', name: `policy-${policy}` });
  });
  const policies: PolicySet = { identity };
  const principal: Principal = {
    kind: 'assumed-role',
    account,
    sessionName: 'alice',
    arn: `arn:aws:sts::${account}:assumed-role/role/alice`,
    roleArn: `arn:aws:iam::${account}:role/role`,
  };
  return ({ action, arn, team, address }) => {
    const request: AccessRequest = {
      ...{ principal, action, resource: { arn, account } },
      context: { 'aws:PrincipalTag/team': team, 'aws:SourceIp': address },
    };
    return evaluate(request, policies).effect === 'allow';
  };
}

function cedarEngine(): (question: Question) => boolean {
  const text = rules
    .map(({ effect, action, prefix, team }) => {
      const word = effect === 'Allow' ? 'permit' : 'forbid';
      const when = `context.arn like "${prefix}*" && context.team == "${team}"`;
      return `${word}(principal, action == Action::"${action}", resource) when { ${when} };`;
    })
    .join('\n');
  const parsed = cedar.preparsePolicySet('bench', { staticPolicies: text });
  if (parsed.type !== 'success')
    throw new Error(`Cedar refused the policies: ${JSON.stringify(parsed)}`);
  return ({ action, arn, team, address }) => {
    const answer = cedar.statefulIsAuthorized({
      principal: { type: 'User', id: 'alice' },
      action: { type: 'Action', id: action },
      resource: { type: 'Resource', id: 'one' },
      context: { arn, team, address },
      ...{ preparsedPolicySetId: 'bench', entities: [] },
    });
    if (answer.type !== 'success')
      throw new Error(`Cedar failed: ${JSON.stringify(answer.errors)}`);
    return answer.response.decision === 'allow';
  };
}

function decisionsPerSecond(decide: (question: Question) => boolean, asked: Question[]): number {
  for (const question of asked) decide(question);
  const startedAt = performance.now();
  let count = 0;
  while (performance.now() - startedAt < measureMilliseconds) {
    for (const question of asked) decide(question);
    count += asked.length;
  }
  return count / ((performance.now() - startedAt) / 1000);
}

/** `npm run bench:policy` */
function main(): void {
  const asked = questions();
  const [ours, peer] = [ourEngine(), cedarEngine()];
  const different = asked.filter((question) => ours(question) !== peer(question));
  if (different.length > 0)
    throw new Error(`The engines disagree: ${JSON.stringify(different[0])}`);
  const allowedCount = asked.filter(ours).length;
  console.log(
    `${rules.length} statements in ${policyCount} policies; ${questionCount} questions, ${allowedCount} allowed; both engines agree on all. One core of ${cpus()[0]?.model ?? 'this machine'}.`,
  );
  const [oursPerSecond, peerPerSecond] = [
    decisionsPerSecond(ours, asked),
    decisionsPerSecond(peer, asked),
  ];
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
