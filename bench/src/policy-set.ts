import type { AccessRequest, PolicyDocument, PolicyStatement } from '@strongroom/policy';

/** One rule, told to both engines. */
interface Rule {
  readonly iam: PolicyStatement;
  readonly cedar: { readonly effect: 'permit' | 'forbid'; readonly scope: string; when: string };
}

export interface Question {
  readonly service: string;
  readonly verb: string;
  readonly bucket: number;
  readonly folder: string;
  readonly profile: string;
  readonly team: string;
  readonly role: string;
  readonly roleArn: string;
  readonly owner: string;
  readonly address: string;
  readonly hasMfa: boolean;
  readonly sizeMebibytes: number;
  readonly tagKeys: readonly string[];
  readonly now: Date;
}

const account = '000000000000';
const services = ['s3', 'kms', 'sagemaker', 'codecommit', 'logs'] as const;
const verbs = [
  ...['GetObject', 'GetThing', 'ListThings', 'PutObject', 'PutThing', 'DescribeThing'],
  ...['CreateThing', 'DeleteObject', 'DeleteThing', 'TagThing'],
] as const;
const administratorsDay = '2026-06-01T00:00:00Z';

/** Five policies of eight statements, as a bank writes them: one for each service of the domain. */
export const policyRules: readonly (readonly Rule[])[] = services.map(rulesOf);

export const documents: readonly PolicyDocument[] = policyRules.map((rules) => ({
  Version: '2012-10-17',
  Statement: rules.map(({ iam }, index) => ({ Sid: `Statement${index}`, ...iam })),
}));

export const cedarText: string = policyRules
  .flat()
  .map(
    ({ cedar: { effect, scope, when } }) =>
      `${effect}(principal, ${scope}, resource) when { ${when} };`,
  )
  .join('\n');

/** Wildcards, NotAction, NotResource, variables, and operators of every kind, global keys among them. */
function rulesOf(service: string, index: number): Rule[] {
  const bucket = `arn:aws:${service}:::bucket-${index}`;
  const inBucket = `context.arn like "${bucket}/*"`;
  const reading = actionsIn(service, ['Get', 'List']);
  return [
    allow({ Action: [`${service}:Get*`, `${service}:List*`], Resource: `${bucket}/*` }, reading, {
      iam: { StringEquals: { 'aws:PrincipalTag/team': `team-${index}` } },
      cedar: `${inBucket} && context.team == "team-${index}"`,
    }),
    allow(
      { Action: `${service}:Put*`, Resource: `${bucket}/\${aws:PrincipalTag/profile}/*` },
      actionsIn(service, ['Put']),
      {
        iam: { Bool: { 'aws:SecureTransport': 'true' } },
        cedar: `${inBucket} && context.folder == context.profile && context.secure`,
      },
    ),
    allow({ Action: `${service}:Describe*`, Resource: '*' }, actionsIn(service, ['Describe']), {
      iam: {
        StringEquals: { 'aws:ResourceTag/profile': '\u0024{aws:PrincipalTag/profile}' },
        BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' },
      },
      cedar: 'context.owner == context.profile && context.hasMfa',
    }),
    allow(
      { Action: `${service}:Create*`, Resource: `${bucket}/*` },
      actionsIn(service, ['Create']),
      {
        iam: {
          NumericLessThanEquals: { 'strongroom:SizeMebibytes': '1024' },
          'ForAnyValue:StringEquals': { 'aws:TagKeys': ['cost-centre', 'team'] },
        },
        cedar: `${inBucket} && context.sizeMebibytes <= 1024 && context.tagKeys.containsAny(["cost-centre", "team"])`,
      },
    ),
    allow(
      { Action: `${service}:Delete*`, NotResource: `${bucket}/protected/*` },
      actionsIn(service, ['Delete']),
      {
        iam: {
          ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${account}:role/strongroom/*` },
          Null: { 'aws:SourceIp': 'false' },
        },
        cedar: `!(context.arn like "${bucket}/protected/*") && context.roleArn like "arn:aws:iam::${account}:role/strongroom/*"`,
      },
    ),
    deny({ Action: `${service}:*`, Resource: `${bucket}/*` }, actionsIn(service, ['']), {
      iam: { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '192.168.0.0/16'] } },
      cedar: `${inBucket} && !(context.address.isInRange(ip("10.0.0.0/8")) || context.address.isInRange(ip("192.168.0.0/16")))`,
    }),
    deny(
      {
        NotAction: services.flatMap((each) =>
          ['Get*', 'List*', 'Put*', 'Describe*', 'Create*', 'Delete*'].map(
            (verb) => `${each}:${verb}`,
          ),
        ),
        Resource: `${bucket}/*`,
      },
      services.map((each) => `Action::"${each}:TagThing"`),
      {
        iam: { StringNotEquals: { 'aws:PrincipalTag/role': 'administrator' } },
        cedar: `${inBucket} && context.role != "administrator"`,
      },
    ),
    deny({ Action: `${service}:Delete*`, Resource: '*' }, actionsIn(service, ['Delete']), {
      iam: {
        DateGreaterThan: { 'aws:CurrentTime': administratorsDay },
        StringLike: { 'aws:PrincipalArn': '*:role/strongroom/temporary-*' },
      },
      cedar: `context.now > ${Date.parse(administratorsDay)} && context.roleArn like "*:role/strongroom/temporary-*"`,
    }),
  ];
}

type Scope = Pick<PolicyStatement, 'Action' | 'NotAction' | 'Resource' | 'NotResource'>;
interface Conditions {
  readonly iam: NonNullable<PolicyStatement['Condition']>;
  readonly cedar: string;
}

function allow(scope: Scope, actions: readonly string[], conditions: Conditions): Rule {
  return rule('Allow', scope, actions, conditions);
}

function deny(scope: Scope, actions: readonly string[], conditions: Conditions): Rule {
  return rule('Deny', scope, actions, conditions);
}

function rule(
  Effect: 'Allow' | 'Deny',
  scope: Scope,
  actions: readonly string[],
  { iam, cedar }: Conditions,
): Rule {
  return {
    iam: { Effect, ...scope, Condition: iam },
    cedar: {
      effect: Effect === 'Allow' ? 'permit' : 'forbid',
      scope: `action in [${actions.join(', ')}]`,
      when: cedar,
    },
  };
}

function actionsIn(service: string, beginnings: readonly string[]): string[] {
  return verbs
    .filter((verb) => beginnings.some((beginning) => verb.startsWith(beginning)))
    .map((verb) => `Action::"${service}:${verb}"`);
}

export function questions(count: number): Question[] {
  return Array.from({ length: count }, (_, index) => {
    const pick = <Value>(values: readonly Value[], step: number): Value =>
      values[Math.floor(index / step) % values.length] as Value;
    const bucket = index % services.length;
    const profile = pick(['alice', 'bob', 'carol'], 7);
    return {
      ...{ service: pick(services, 1), verb: pick(verbs, 3), bucket, profile },
      folder: pick(['alice', 'bob', 'protected'], 5),
      team: pick([`team-${bucket}`, 'team-9'], 11),
      role: pick(['data-scientist', 'administrator'], 13),
      roleArn: `arn:aws:iam::${account}:role/strongroom/${pick(['research-', 'temporary-'], 17)}${profile}`,
      owner: pick([profile, 'dora'], 19),
      address: pick(['10.0.1.2', '192.168.7.7', '10.9.9.9', '203.0.113.5'], 23),
      ...{ hasMfa: pick([true, false], 29), sizeMebibytes: pick([512, 4096], 31) },
      tagKeys: pick([['team', 'owner'], ['owner'], ['cost-centre']], 37),
      now: new Date(pick(['2026-03-01T09:00:00Z', '2026-07-01T09:00:00Z'], 41)),
    };
  });
}

function arnOf({ service, bucket, folder }: Question): string {
  return `arn:aws:${service}:::bucket-${bucket}/${folder}/object`;
}

export function toIam(question: Question): AccessRequest {
  const { service, verb, roleArn, profile, team, role, owner } = question;
  return {
    principal: {
      ...{ kind: 'assumed-role', account, roleArn, sessionName: profile },
      arn: `arn:aws:sts::${account}:assumed-role/role/${profile}`,
    },
    action: `${service}:${verb}`,
    resource: { arn: arnOf(question), account },
    context: {
      ...{ 'aws:PrincipalTag/team': team, 'aws:PrincipalTag/profile': profile },
      ...{ 'aws:PrincipalTag/role': role, 'aws:ResourceTag/profile': owner },
      ...{ 'aws:SourceIp': question.address, 'aws:CurrentTime': question.now },
      ...{ 'aws:SecureTransport': true, 'aws:MultiFactorAuthPresent': question.hasMfa },
      ...{ 'strongroom:SizeMebibytes': question.sizeMebibytes, 'aws:TagKeys': question.tagKeys },
    },
  };
}

export function toCedarContext(question: Question) {
  const { folder, profile, team, role, roleArn, owner, hasMfa, sizeMebibytes, tagKeys } = question;
  return {
    ...{ arn: arnOf(question), folder, profile, team, role, roleArn, owner, hasMfa, sizeMebibytes },
    ...{ tagKeys: [...tagKeys], secure: true, now: question.now.getTime() },
    address: { __extn: { fn: 'ip', arg: question.address } },
  };
}
