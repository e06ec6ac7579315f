import type { ProfileName, Role } from '@strongroom/contracts';
import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import type { Domain } from '../../file/domain.ts';
import { type DomainArns, domainArns } from '../domain-arns.ts';
import { keyPolicyDocument } from '../key-policy.ts';
import { renderPolicies } from '../render-policies.ts';
import type { RenderedPolicy } from '../rendered-policy.ts';
import { profileTag, teamTag } from '../tags.ts';
import { asAwsHoldsIt } from './as-aws-holds-it.ts';
import type { AwsManagedPolicy, AwsPolicies, AwsResources } from './aws-policies.ts';
import { boundToTag } from './bound-to-tag.ts';
import { onlyThroughEndpoints } from './bucket-on-aws.ts';
import {
  type EndpointService,
  endpointDocument,
  monitoringEndpointDocument,
  registryEndpointDocument,
  s3EndpointOnAws,
} from './endpoint-documents.ts';
import { jobsInNetworkDocument } from './jobs-in-network.ts';
import { administeredByTheAccount, usedByLogging, usedByStudios } from './key-on-aws.ts';
import { ownSpaceDocument } from './own-space.ts';
import { portalDocument } from './portal.ts';
import { presignThroughEndpointsDocument } from './presign-through-endpoints.ts';
import { studioUseDocument } from './studio-use.ts';

/**
 * The documents of the domain as AWS holds them: those that every home renders, and those that only AWS
 * has a use for. `own`: the administrators' own documents.
 */
export function renderAwsPolicies(
  domain: Domain,
  resources: AwsResources,
  own: readonly RenderedPolicy[] = [],
): AwsPolicies {
  const arns = domainArns(domain);
  const rendered = [
    ...renderPolicies(domain, { ...resources, furtherImageArns: imagesOfAws(domain) }),
    ...own,
  ];
  const held = rendered.flatMap((policy) => {
    const ids = { rendered: arns.domainId, onAws: resources.domainId };
    const document = asAwsHoldsIt(policy.document, ids);
    return document === undefined ? [] : [{ ...policy, document }];
  });
  const managed = [...managedPolicies(held), ...awsManagedPolicies(domain, resources)];
  const executionRoles = executionRoleDocuments(held, domain, arns);
  const endpoints = endpointDocuments(held, domain);
  const buckets = bucketDocuments(held, domain, resources);
  return {
    ...{ managed, executionRoles, endpoints, buckets },
    boundary: documentsBoundTo(held, 'every-execution-role')[0] ?? nothing,
    keys: keyDocuments(domain, arns),
    portal: portalDocument(arns, {
      ...{ ...domain.domain, domainId: resources.domainId, dataKeyArn: resources.dataKeyArn },
      buckets: [...buckets.keys()],
    }),
    leftToPortal: leftToPortal(rendered, held, managed),
  };
}

const nothing: PolicyDocument = { Version: '2012-10-17', Statement: [] };
const everyRole: readonly Role[] = ['administrator', 'auditor', 'data-scientist'];
const roleOfPeople: readonly Role[] = ['administrator', 'data-scientist'];

/** SageMaker's own images have ARNs of accounts that AWS alone makes images in. */
function imagesOfAws({ aws, domain }: Domain): string[] {
  if (!aws.distributionImages) return [];
  return [`arn:aws:sagemaker:${domain.region}:*:image/sagemaker-distribution-*`];
}

/** One person's own documents cannot be on a role that many act as: they are in the portal's hands. */
function isOfOnePerson({ bindings, file }: RenderedPolicy): boolean {
  return file === undefined && bindings.some(({ kind }) => kind === 'person');
}

function managedPolicies(held: readonly RenderedPolicy[]): AwsManagedPolicy[] {
  return held.flatMap((policy) => {
    if (policy.kind !== 'identity' || isOfOnePerson(policy)) return [];
    const roles = rolesOf(policy);
    const onExecutionRoles = policy.bindings.some(({ kind }) => kind === 'everyone');
    if (roles.length === 0 && !onExecutionRoles) return [];
    const { name } = policy;
    return [{ name, document: withTags(policy), roles, onExecutionRoles, rendered: name }];
  });
}

function rolesOf({ bindings }: RenderedPolicy): Role[] {
  return everyRole.filter((role) =>
    bindings.some(
      (binding) =>
        ['everyone', 'team', 'person'].includes(binding.kind) ||
        (binding.kind === 'role' && binding.role === role),
    ),
  );
}

function withTags({ document, bindings }: RenderedPolicy): PolicyDocument {
  const [binding] = bindings;
  if (binding?.kind === 'team') return boundToTag(document, teamTag, binding.team);
  if (binding?.kind === 'person') return boundToTag(document, profileTag, binding.profileName);
  return document;
}

function awsManagedPolicies(
  { domain, aws }: Domain,
  resources: AwsResources,
): readonly AwsManagedPolicy[] {
  const place = { ...domain, ...resources, services: aws.services };
  const onlyAws = (
    name: string,
    document: PolicyDocument,
    to: { roles: readonly Role[]; onExecutionRoles: boolean },
  ) => ({ name, document, ...to, rendered: undefined });
  return [
    onlyAws('own-space', ownSpaceDocument(place), { roles: roleOfPeople, onExecutionRoles: true }),
    onlyAws(
      'presign-through-endpoints',
      presignThroughEndpointsDocument(resources.studioEndpointIds),
      { roles: everyRole, onExecutionRoles: false },
    ),
    onlyAws('studio-use', studioUseDocument(place), { roles: [], onExecutionRoles: true }),
    onlyAws(
      'jobs-in-network',
      jobsInNetworkDocument({ ...place, keyArn: resources.studioKeyArn }),
      { roles: [], onExecutionRoles: true },
    ),
  ];
}

function documentsBoundTo(
  held: readonly RenderedPolicy[],
  kind: RenderedPolicy['bindings'][number]['kind'],
): PolicyDocument[] {
  return held
    .filter(({ bindings }) => bindings.some((binding) => binding.kind === kind))
    .map(({ document }) => document);
}

/** The rendered document, an administrator's own, and the right to run a job as oneself. */
function executionRoleDocuments(
  held: readonly RenderedPolicy[],
  { people }: Domain,
  arns: DomainArns,
): Map<ProfileName, PolicyDocument> {
  const documentOf = (profileName: ProfileName) => {
    const statements = held
      .filter(({ bindings }) =>
        bindings.some(
          (binding) => binding.kind === 'execution-role' && binding.profileName === profileName,
        ),
      )
      .flatMap(({ document }) => [document.Statement].flat());
    return withStatements([...statements, runsJobsAs(arns.executionRole(profileName))]);
  };
  return new Map(
    people
      .filter(({ role }) => role !== 'auditor')
      .map(({ profileName }) => [profileName, documentOf(profileName)]),
  );
}

function runsJobsAs(roleArn: string): PolicyStatement {
  return {
    ...{ Sid: 'RunJobsAsOneself', Effect: 'Allow', Action: 'iam:PassRole', Resource: roleArn },
    Condition: { StringEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
  };
}

const plainServices = [
  ...(['sagemaker.api', 'sagemaker.runtime', 'studio', 'logs', 'kms', 'codecommit'] as const),
  ...(['ssm', 'elasticfilesystem'] as const),
];

function endpointDocuments(
  held: readonly RenderedPolicy[],
  { domain, aws, buckets, sharing }: Domain,
): Map<EndpointService | 's3', PolicyDocument> {
  const { accountId, region } = domain;
  const renderedOf = (endpoint: string) =>
    held.find(({ bindings }) =>
      bindings.some((binding) => binding.kind === 'endpoint' && binding.endpoint === endpoint),
    )?.document ?? nothing;
  const names = [...buckets.map(({ name }) => name), sharing.bucket];
  return new Map<EndpointService | 's3', PolicyDocument>([
    ...plainServices.map((service) => [service, endpointDocument(service, accountId)] as const),
    ...aws.services.map((service) => [service, endpointDocument(service, accountId)] as const),
    ['monitoring', monitoringEndpointDocument(accountId)],
    ['ecr.api', registryEndpointDocument(accountId)],
    ['ecr.dkr', registryEndpointDocument(accountId)],
    ['sts', renderedOf('sts')],
    ['git-codecommit', renderedOf('git')],
    ['s3', s3EndpointOnAws(renderedOf('s3'), { buckets: names, region, accountId })],
  ]);
}

/** A bucket has one policy on AWS: everything that binds it, and that it is reached from inside alone. */
function bucketDocuments(
  held: readonly RenderedPolicy[],
  { buckets, sharing, aws }: Domain,
  { bucketEndpointIds }: AwsResources,
): Map<string, PolicyDocument> {
  const endpointIds = bucketEndpointIds;
  const hasAthena = aws.services.includes('athena');
  const documentOf = (bucket: string) =>
    withStatements([
      ...held
        .filter(({ bindings }) =>
          bindings.some((binding) => binding.kind === 'bucket' && binding.bucket === bucket),
        )
        .flatMap(({ document }) => [document.Statement].flat()),
      onlyThroughEndpoints({ bucket, endpointIds, hasAthena }),
    ]);
  const names = [...buckets.map(({ name }) => name), sharing.bucket];
  return new Map(names.map((name) => [name, documentOf(name)]));
}

function keyDocuments({ domain }: Domain, arns: DomainArns): AwsPolicies['keys'] {
  const { accountId, region } = domain;
  const rendered = [keyPolicyDocument(arns, accountId).Statement].flat();
  const administered = administeredByTheAccount(accountId);
  return {
    data: withStatements([...rendered, administered]),
    studio: withStatements([...rendered, administered, usedByStudios(accountId)]),
    log: withStatements([...rendered, administered, ...usedByLogging(region, accountId)]),
  };
}

function leftToPortal(
  rendered: readonly RenderedPolicy[],
  held: readonly RenderedPolicy[],
  managed: readonly AwsManagedPolicy[],
): string[] {
  const isManaged = new Set(managed.map(({ name }) => name));
  return rendered
    .filter((policy) => {
      if (!held.some(({ name }) => name === policy.name)) return true;
      if (policy.kind !== 'identity') return false;
      const isExecution = policy.bindings.some(({ kind }) => kind === 'execution-role');
      return !isManaged.has(policy.name) && !isExecution;
    })
    .map(({ name }) => name);
}

function withStatements(statements: readonly PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [...statements] };
}
