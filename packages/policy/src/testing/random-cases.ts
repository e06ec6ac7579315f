import type {
  AccessRequest,
  CompiledPolicy,
  PolicyDocument,
  PolicyKind,
  PolicySet,
  PolicyStatement,
  Principal,
} from '../index.ts';
import { compilePolicy } from '../index.ts';

/** The same seed gives the same cases, so a failure can be repeated. */
export interface RandomCase {
  readonly request: AccessRequest;
  readonly documents: RandomDocuments;
}

export interface RandomDocuments {
  readonly identity: readonly PolicyDocument[];
  readonly resource: readonly PolicyDocument[];
  readonly endpoint: readonly PolicyDocument[];
  readonly session: readonly PolicyDocument[];
  readonly boundary: readonly PolicyDocument[];
  readonly serviceControl: readonly PolicyDocument[];
}

export type Random = <Value>(values: readonly [Value, ...Value[]]) => Value;

const own = '111122223333';
const user = `arn:aws:iam::${own}:user/alice`;
const role = `arn:aws:iam::${own}:role/reader`;
const session = `arn:aws:sts::${own}:assumed-role/reader/monday`;
const principals: readonly [Principal, ...Principal[]] = [
  { kind: 'user', arn: user, account: own },
  { kind: 'user', arn: user, account: own },
  { kind: 'assumed-role', arn: session, account: own, roleArn: role, sessionName: 'monday' },
  { kind: 'assumed-role', arn: session, account: own, roleArn: role, sessionName: 'monday' },
  { kind: 'role', arn: role, account: own },
  { kind: 'service', service: 'sagemaker.amazonaws.com' },
  { kind: 'anonymous' },
];

/** A policy variable; the sign apart, so that nobody takes it for one of TypeScript. */
const userName = `${'$'}{aws:username}`;

/** Small alphabets: statements then speak of the same things often enough to matter. */
export function randomCase(random: Random): RandomCase {
  return {
    request: {
      principal: random(principals),
      action: random(['s3:GetObject', 's3:PutObject', 'kms:Decrypt']),
      resource: {
        arn: random(['arn:aws:s3:::a/x', 'arn:aws:s3:::b/alice', '*']),
        account: random([own, own, own, '444455556666']),
      },
      context: {
        'aws:PrincipalTag/Team': random(['risk', 'sales', undefined]),
        'aws:SecureTransport': random([true, false]),
        'aws:SourceIp': random(['10.0.0.1', '192.0.2.1', undefined]),
        'aws:TagKeys': random([['a', 'b'], ['a'], [], undefined]),
      },
      resourcePolicyRequired: random([true, false, false]),
    },
    documents: {
      identity: [
        randomDocument(random, false),
        ...randomDocuments(random, { most: 2, principal: false }),
      ],
      resource: randomDocuments(random, { most: 1, principal: true }),
      endpoint: randomDocuments(random, { most: 1, principal: true }),
      session: randomDocuments(random, { most: 2, principal: false }),
      boundary: randomDocuments(random, { most: 1, principal: false }),
      serviceControl: randomDocuments(random, { most: 2, principal: false }),
    },
  };
}

export function policySetOf(documents: RandomDocuments): PolicySet {
  const [boundary] = compileAll('boundary', documents.boundary);
  return {
    identity: compileAll('identity', documents.identity),
    resource: compileAll('resource', documents.resource),
    endpoint: compileAll('endpoint', documents.endpoint),
    session: compileAll('session', documents.session),
    serviceControl: compileAll('service-control', documents.serviceControl).map((one) => [one]),
    ...(boundary === undefined ? {} : { boundary }),
  };
}

/** A generator of whole numbers (mulberry32), as a choice from a list. */
export function seededRandom(seed: number): Random {
  let state = seed;
  return (values) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    const index = ((mixed ^ (mixed >>> 14)) >>> 0) % values.length;
    return values[index] ?? values[0];
  };
}

export function shuffled<Value>(random: Random, values: readonly Value[]): readonly Value[] {
  const left = [...values];
  return values.map(() => {
    const index = random([0, ...left.keys()]);
    return left.splice(index, 1)[0] as Value;
  });
}

export function statementsIn({ Statement: statement }: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(statement) ? statement : [statement as PolicyStatement];
}

export function randomStatement(random: Random, principal: boolean): PolicyStatement {
  const resource = random([
    '*',
    '*',
    'arn:aws:s3:::a/*',
    `arn:aws:s3:::b/${userName}`,
    'arn:aws:s3:::?/*',
  ]);
  const action = random(['*', '*', 's3:*', 's3:GetObject', 'S3:Put*']);
  const condition = randomCondition(random);
  return {
    Effect: random(['Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Allow', 'Deny']),
    ...(random([true, true, true, true, true, false]) ? { Action: action } : { NotAction: action }),
    ...(random([true, true, true, true, true, false])
      ? { Resource: resource }
      : { NotResource: resource }),
    ...(principal ? { Principal: randomPrincipal(random) } : {}),
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function randomPrincipal(random: Random): NonNullable<PolicyStatement['Principal']> {
  return random<NonNullable<PolicyStatement['Principal']>>([
    '*',
    { AWS: own },
    { AWS: [user, role] },
    { AWS: session },
    { Service: 'sagemaker.amazonaws.com' },
  ]);
}

function randomCondition(random: Random): PolicyStatement['Condition'] {
  return random<PolicyStatement['Condition']>([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    { StringEquals: { 'aws:PrincipalTag/team': 'risk' } },
    { StringNotEqualsIfExists: { 'aws:PrincipalTag/team': ['risk', 'audit'] } },
    { Bool: { 'AWS:SecureTransport': 'true' } },
    { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
    { Null: { 'aws:sourceip': 'false' } },
    { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } },
    { 'ForAnyValue:StringNotEquals': { 'aws:TagKeys': 'a' } },
    { StringNotEquals: { 'aws:PrincipalTag/team': userName } },
  ]);
}

function randomDocuments(
  random: Random,
  { most, principal }: { readonly most: number; readonly principal: boolean },
): readonly PolicyDocument[] {
  const count = random([0, 0, 0, ...Array.from({ length: most }, (_, index) => index + 1)]);
  return Array.from({ length: count }, () => randomDocument(random, principal));
}

function randomDocument(random: Random, principal: boolean): PolicyDocument {
  return {
    Version: random(['2012-10-17', '2012-10-17', '2008-10-17']),
    Statement: Array.from({ length: random([1, 2, 3]) }, () => randomStatement(random, principal)),
  };
}

function compileAll(
  kind: PolicyKind,
  documents: readonly PolicyDocument[],
): readonly CompiledPolicy[] {
  return documents.map((document, index) =>
    compilePolicy(document, { kind, name: `${kind}${index}` }),
  );
}
