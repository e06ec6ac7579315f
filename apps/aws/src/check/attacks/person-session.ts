import type { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { AssumeRoleCommand } from '@aws-sdk/client-sts';
import { type DomainPerson, domainArns, profileTag, roleTag, teamTag } from '@strongroom/domain';
import { explainUnknown, type Finding, type ProbeContext, unknown } from '../probe.ts';

export interface PersonSession {
  readonly person: DomainPerson;
  /** Of the same role, if there are two. */
  readonly other: DomainPerson | undefined;
  readonly domainId: string;
  readonly sageMaker: SageMakerClient;
}

/**
 * Does something as the first data scientist of the domain file, in a session such as the portal has. Whoever
 * checks has to be among `aws.trustedPrincipals` of the domain file; else it is unknown, and says so.
 */
export async function asPerson(
  context: ProbeContext,
  work: (session: PersonSession) => Promise<Finding>,
): Promise<Finding[]> {
  const { clients, deployment } = context;
  const [person, other] = deployment.domain.people.filter(({ role }) => role === 'data-scientist');
  const [domain] = deployment.ofType('AWS::SageMaker::Domain');
  if (person === undefined || domain === undefined) {
    return [unknown('The domain has no data scientist, or is not deployed')];
  }
  const { profileName, team, role } = person;
  const tags = { [profileTag]: profileName, [teamTag]: team, [roleTag]: role };
  try {
    const { Credentials: given } = await clients.sts.send(
      new AssumeRoleCommand({
        RoleArn: domainArns(deployment.domain).role(role),
        ...{ RoleSessionName: profileName, SourceIdentity: profileName, DurationSeconds: 900 },
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) {
      return [unknown('AWS gave no session')];
    }
    const { sageMaker } = clients.as({
      ...{ accessKeyId: given.AccessKeyId, secretAccessKey: given.SecretAccessKey },
      sessionToken: given.SessionToken,
    });
    try {
      return [await work({ person, other, domainId: domain.physicalId, sageMaker })];
    } finally {
      sageMaker.destroy();
    }
  } catch (error) {
    return [unknown(`Cannot act as ${profileName}: ${explainUnknown(error)}`)];
  }
}
