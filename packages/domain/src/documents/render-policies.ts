import type { Role } from '@strongroom/contracts';
import type { Domain } from '../file/domain.ts';
import { bucketAccessDocument, bucketStatements } from './bucket-access.ts';
import { bucketPolicies, largeFilesPolicy, sharingPolicies } from './bucket-policies.ts';
import { domainAdministratorsDocument } from './domain-administrators.ts';
import { type DomainArns, domainArns } from './domain-arns.ts';
import { domainAuditorsDocument } from './domain-auditors.ts';
import type { DomainResources } from './domain-resources.ts';
import {
  apiEndpointDocument,
  gitEndpointDocument,
  s3EndpointDocument,
  stsEndpointDocument,
} from './endpoint-policies.ts';
import { executionBoundaryDocument } from './execution-boundary.ts';
import { executionRoleDocument } from './execution-role.ts';
import { imageCapDocument } from './image-cap.ts';
import { instanceTypeCapDocument } from './instance-type-cap.ts';
import type { RenderedPolicy } from './rendered-policy.ts';
import { repositoryAccessDocument, repositoryStatements } from './repository-access.ts';
import { studioOwnerDocument } from './studio-owner.ts';
import { studioSpacesDocument } from './studio-spaces.ts';

const role = (name: Role) => ({ kind: 'role', role: name }) as const;

/**
 * The domain file as policy documents: the only place where it becomes one. Pure: the same domain
 * gives the same documents, here and on AWS.
 */
export function renderPolicies(domain: Domain, resources: DomainResources): RenderedPolicy[] {
  const arns = domainArns(domain);
  return [
    ...rolePolicies(domain, arns, resources),
    ...spacePolicies(domain, arns),
    ...executionRolePolicies(domain, arns),
    executionBoundary(domain),
    ...endpointPolicies(domain),
    ...outsideAccessPolicies(domain),
    ...repositoryAccessPolicies(domain, arns),
    ...bucketPolicies(domain, resources),
    largeFilesPolicy(domain),
    ...sharingPolicies(domain, arns, resources),
  ].map((policy) => ({ ...policy, file: undefined }));
}

type Rendered = Omit<RenderedPolicy, 'file'>;

function rolePolicies(
  domain: Domain,
  arns: DomainArns,
  { furtherImageArns = [] }: DomainResources,
): Rendered[] {
  return [
    {
      ...{ name: 'studio-owner', kind: 'identity' },
      purpose: {
        english: 'Everyone opens and uses their own studio, and no other.',
        korean: '누구나 자신의 스튜디오만 열고 사용합니다.',
      },
      document: studioOwnerDocument(arns, domain.studios.sharing),
      bindings: [role('data-scientist'), role('administrator')],
    },
    {
      ...{ name: 'domain-administrators', kind: 'identity' },
      purpose: {
        english:
          'Administrators manage people and read the evidence; they open no studio but their own.',
        korean: '관리자는 사용자를 관리하고 증적을 읽습니다. 다른 사람의 스튜디오는 열지 못합니다.',
      },
      document: domainAdministratorsDocument(arns),
      bindings: [role('administrator')],
    },
    {
      ...{ name: 'domain-auditors', kind: 'identity' },
      purpose: {
        english: 'Auditors read everything about the domain and change nothing.',
        korean: '감사자는 도메인의 모든 정보를 읽고 아무것도 변경하지 않습니다.',
      },
      document: domainAuditorsDocument(arns),
      bindings: [role('auditor')],
    },
    {
      ...{ name: 'instance-type-cap', kind: 'identity' },
      purpose: {
        english: 'Nobody starts an app on an instance type that the domain file does not name.',
        korean: '도메인 파일에 없는 인스턴스 유형으로는 아무도 앱을 시작하지 못합니다.',
      },
      document: instanceTypeCapDocument(
        domain.instanceTypes.map(({ instanceType }) => instanceType),
      ),
      bindings: [{ kind: 'everyone' }],
    },
    {
      ...{ name: 'image-cap', kind: 'identity' },
      purpose: {
        english: 'Nobody starts a kernel on an image that the domain file does not name.',
        korean: '도메인 파일에 없는 이미지로는 아무도 커널을 시작하지 못합니다.',
      },
      document: imageCapDocument([
        ...domain.images.map(({ imageName }) => arns.image(imageName)),
        ...furtherImageArns,
      ]),
      bindings: [{ kind: 'everyone' }],
    },
  ];
}

/** Studios of SageMaker's are spaces; on this machine there are none. */
function spacePolicies({ compute }: Domain, arns: DomainArns): Rendered[] {
  if (compute.runtime.kind !== 'sagemaker') return [];
  return [
    {
      ...{ name: 'studio-spaces', kind: 'identity' },
      purpose: {
        english: 'Everyone makes, uses and deletes their own private spaces, and no other.',
        korean: '누구나 자신의 비공개 스페이스만 만들고 사용하고 삭제합니다.',
      },
      document: studioSpacesDocument(arns),
      bindings: [role('data-scientist'), role('administrator')],
    },
  ];
}

function executionRolePolicies({ people, buckets, domain }: Domain, arns: DomainArns): Rendered[] {
  return people
    .filter((person) => person.role !== 'auditor')
    .map(({ profileName, team }) => ({
      ...{ name: `execution-role-${profileName}`, kind: 'identity' },
      purpose: {
        english: `What the notebooks and terminals of ${profileName} may do.`,
        korean: `${profileName}의 노트북과 터미널이 할 수 있는 일입니다.`,
      },
      document: executionRoleDocument(arns, {
        profileName,
        bucketStatements: bucketStatements({
          ...{ buckets, person: { profileName, team }, origin: 'studios' },
          ...{ region: domain.region, accountId: domain.accountId },
        }),
        repositoryStatements: repositoryStatements(arns, { profileName, team }),
      }),
      bindings: [{ kind: 'execution-role', profileName }],
    }));
}

function executionBoundary({ domain }: Domain): Rendered {
  return {
    ...{ name: `boundary-${domain.name}`, kind: 'boundary' },
    purpose: {
      english: 'No notebook may do more than this, whatever else is attached to its role.',
      korean: '노트북의 역할에 무엇을 연결하더라도 이 범위를 넘을 수 없습니다.',
    },
    document: executionBoundaryDocument(),
    bindings: [{ kind: 'every-execution-role' }],
  };
}

function endpointPolicies({ domain }: Domain): Rendered[] {
  return [
    {
      ...{ name: 'endpoint-sts', kind: 'endpoint' },
      purpose: {
        english: 'Through the STS endpoint, studios ask who they are and nothing else.',
        korean: 'STS 엔드포인트로는 스튜디오가 자신의 신원만 확인합니다.',
      },
      document: stsEndpointDocument(domain.accountId),
      bindings: [{ kind: 'endpoint', endpoint: 'sts' }],
    },
    {
      ...{ name: 'endpoint-api', kind: 'endpoint' },
      purpose: {
        english:
          "Through the domain's own endpoint, studios read about themselves and nothing else.",
        korean: '도메인 엔드포인트로는 스튜디오가 자신에 관한 정보만 읽습니다.',
      },
      document: apiEndpointDocument(domain.accountId),
      bindings: [{ kind: 'endpoint', endpoint: 'api' }],
    },
    {
      ...{ name: 'endpoint-s3', kind: 'endpoint' },
      purpose: {
        english: "Through the S3 endpoint, studios reach this domain's buckets and nobody else's.",
        korean: 'S3 엔드포인트로는 스튜디오가 이 도메인의 버킷에만 접근합니다.',
      },
      document: s3EndpointDocument(domain.accountId),
      bindings: [{ kind: 'endpoint', endpoint: 's3' }],
    },
    {
      ...{ name: 'endpoint-git', kind: 'endpoint' },
      purpose: {
        english:
          "Through the Git endpoint, studios reach this domain's repositories and nobody else's.",
        korean: 'Git 엔드포인트로는 스튜디오가 이 도메인의 리포지토리에만 접근합니다.',
      },
      document: gitEndpointDocument(domain.accountId, domain.region),
      bindings: [{ kind: 'endpoint', endpoint: 'git' }],
    },
  ];
}

/** People in the console and with tools outside the studios; notebooks have theirs in their role. */
function outsideAccessPolicies({ people, buckets, domain }: Domain): Rendered[] {
  const { region, accountId } = domain;
  return people.flatMap((person) => {
    if (person.role === 'auditor') return [];
    const { profileName } = person;
    const statements = bucketStatements({
      ...{ buckets, person, origin: 'outside', region, accountId },
    });
    if (statements.length === 0) return [];
    return [
      {
        ...{ name: `bucket-access-${profileName}`, kind: 'identity' as const },
        purpose: {
          english: `What ${profileName} may do with buckets in the console and from outside studios.`,
          korean: `${profileName}이(가) 콘솔과 스튜디오 밖에서 버킷으로 할 수 있는 일입니다.`,
        },
        document: bucketAccessDocument(statements),
        bindings: [{ kind: 'person' as const, profileName }],
      },
    ];
  });
}

/** People in the console and with Git outside the studios. */
function repositoryAccessPolicies({ people }: Domain, arns: DomainArns): Rendered[] {
  return people
    .filter((person) => person.role !== 'auditor')
    .map((person) => ({
      ...{ name: `repository-access-${person.profileName}`, kind: 'identity' as const },
      purpose: {
        english: `What ${person.profileName} may do with repositories in the console and from outside studios.`,
        korean: `${person.profileName}이(가) 콘솔과 스튜디오 밖에서 리포지토리로 할 수 있는 일입니다.`,
      },
      document: repositoryAccessDocument(arns, person),
      bindings: [{ kind: 'person' as const, profileName: person.profileName }],
    }));
}
