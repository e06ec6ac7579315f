import {
  DescribeDomainCommand,
  type DescribeDomainResponse,
  DescribeUserProfileCommand,
} from '@aws-sdk/client-sagemaker';
import {
  each,
  type Finding,
  failed,
  type Probe,
  type ProbeContext,
  passed,
  unknown,
} from '../probe.ts';

const domainType = 'AWS::SageMaker::Domain';

async function describe({ clients, deployment }: ProbeContext) {
  const [domain] = deployment.ofType(domainType);
  if (domain === undefined) return undefined;
  return clients.sageMaker.send(new DescribeDomainCommand({ DomainId: domain.physicalId }));
}

function aboutDomain(
  name: string,
  question: string,
  judge: (domain: DescribeDomainResponse, context: ProbeContext) => Finding,
): Probe {
  return {
    ...{ name, question },
    async look(context) {
      const domain = await describe(context);
      return [domain === undefined ? unknown('The stacks have no domain') : judge(domain, context)];
    },
  };
}

const physicalIds = ({ deployment }: ProbeContext, type: string) =>
  deployment.ofType(type).map(({ physicalId }) => physicalId);

export const domainNetwork = aboutDomain(
  'domain-network',
  'Studios have no network but the VPC (VpcOnly), in its own subnets',
  ({ AppNetworkAccessType, SubnetIds = [], VpcId }, context) => {
    if (AppNetworkAccessType !== 'VpcOnly') return failed(`It is ${AppNetworkAccessType}`);
    const strange = SubnetIds.filter(
      (id) => !physicalIds(context, 'AWS::EC2::Subnet').includes(id),
    );
    if (strange.length > 0) return failed(`These are not the stack's: ${strange.join(', ')}`);
    if (!physicalIds(context, 'AWS::EC2::VPC').includes(VpcId ?? '')) {
      return failed(`The VPC ${VpcId} is not the stack's`);
    }
    return passed(`VpcOnly in ${VpcId}, ${SubnetIds.length} subnets`);
  },
);

export const domainKey = aboutDomain(
  'domain-key',
  "Homes and spaces are under a key of the stack's",
  ({ KmsKeyId }, context) => {
    if (KmsKeyId === undefined) return failed('It has no key of its own');
    const keys = physicalIds(context, 'AWS::KMS::Key');
    if (keys.some((id) => KmsKeyId === id || KmsKeyId.endsWith(`/${id}`))) return passed(KmsKeyId);
    return failed(`${KmsKeyId} is no key of the stacks`);
  },
);

export const domainSettings = aboutDomain(
  'domain-settings',
  'Docker is off, outputs are not copied, and notebooks act with the name of their person',
  ({ DomainSettings = {}, DefaultUserSettings = {} }) => {
    const docker = DomainSettings.DockerSettings?.EnableDockerAccess;
    if (docker === 'ENABLED') return failed('Docker is enabled');
    const outputs = DefaultUserSettings.SharingSettings?.NotebookOutputOption;
    if (outputs === 'Allowed')
      return failed('Outputs of cells are copied when notebooks are shared');
    const identity = DomainSettings.ExecutionRoleIdentityConfig;
    if (identity !== 'USER_PROFILE_NAME') return failed('Sessions do not name their person');
    return passed('As the domain file says');
  },
);

/** A role for each; one role for all would make everybody everybody. */
export const profiles: Probe = {
  name: 'profiles',
  question: 'Everybody has a user profile with an execution role of their own',
  look(context) {
    const { deployment, clients } = context;
    const [domain] = deployment.ofType(domainType);
    const people = deployment.domain.people.filter(({ role }) => role !== 'auditor');
    const roles = new Map<string, string>();
    return each(
      people,
      ({ profileName }) => profileName,
      async ({ profileName }) => {
        if (domain === undefined) return unknown('The stacks have no domain');
        const found = await clients.sageMaker.send(
          new DescribeUserProfileCommand({
            ...{ DomainId: domain.physicalId, UserProfileName: profileName },
          }),
        );
        if (found.Status !== 'InService') return failed(`It is ${found.Status}`);
        const role = found.UserSettings?.ExecutionRole;
        if (role === undefined) return failed('It has no execution role of its own');
        const other = roles.get(role);
        roles.set(role, profileName);
        if (other !== undefined) return failed(`It has the execution role of ${other}`);
        if ((found.UserSettings?.SecurityGroups ?? []).length === 0) {
          return failed('It has no security group');
        }
        return passed(role);
      },
    );
  },
};
