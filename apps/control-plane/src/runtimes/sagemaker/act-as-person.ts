import type { SageMakerClient } from '@aws-sdk/client-sagemaker';
import { AssumeRoleCommand, type STSClient } from '@aws-sdk/client-sts';
import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import { type Domain, domainArns, profileTag, roleTag, teamTag } from '@strongroom/domain';
import type { Person } from '../../identity/person.ts';
import { askAws } from './explain-aws-error.ts';
import { openSageMakerClient } from './sage-maker-client.ts';

/** Does something in the session of this person; the client is of no use afterwards. */
export type ActAsPerson = <Answer>(
  profileName: ProfileName,
  work: (client: SageMakerClient) => Promise<Answer>,
) => Promise<Answer>;

export interface ActAsPersonOptions {
  readonly sts: STSClient;
  readonly domain: () => Pick<Domain, 'domain'>;
  readonly people: { find(profileName: ProfileName): Promise<Person | undefined> };
  /** In tests. */
  readonly endpoint?: string;
}

/** The shortest that STS gives: one act takes seconds. */
const sessionSeconds = 900;

/**
 * What a person does on SageMaker is done as the person: in a session of the domain's role for their role, of
 * their name and with their tags, so that IAM decides by the very documents that were asked here before, and
 * CloudTrail names who it was (IAM User Guide, "Pass session tags in AWS STS"; "Monitor and control actions
 * taken with assumed roles", sourceIdentity). The portal's own role opens no studio.
 */
export function createActAsPerson(options: ActAsPersonOptions): ActAsPerson {
  const { sts, domain, people, endpoint } = options;
  return async (profileName, work) => {
    const person = await people.find(profileName);
    if (person === undefined || person.disabled) {
      throw new StrongroomError('StudioStopped', 'The studio was stopped');
    }
    const { Credentials: given } = await askAws(
      { operation: 'AssumeRole', subject: domainArns(domain()).role(person.role) },
      () => sts.send(assumeRole(domain(), person)),
    );
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) {
      throw new StrongroomError(
        'AwsRefused',
        `Cannot act as "${profileName}": AWS gave no session`,
      );
    }
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = given;
    const client = openSageMakerClient({
      region: domain().domain.region,
      credentials: { accessKeyId, secretAccessKey, sessionToken: given.SessionToken },
      ...(endpoint === undefined ? {} : { endpoint }),
    });
    try {
      return await work(client);
    } finally {
      client.destroy();
    }
  };
}

function assumeRole(domain: Pick<Domain, 'domain'>, person: Person): AssumeRoleCommand {
  const { profileName, team, role } = person;
  const tags = { [profileTag]: profileName, [teamTag]: sessionTagValue(team), [roleTag]: role };
  return new AssumeRoleCommand({
    RoleArn: domainArns(domain).role(role),
    // The role's trust policy takes no session of another name than the tag's.
    RoleSessionName: profileName,
    SourceIdentity: profileName,
    DurationSeconds: sessionSeconds,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  });
}

/** STS takes letters of every script, digits, spaces and these signs; no team's name is cut or changed. */
function sessionTagValue(team: string): string {
  if (/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(team)) return team;
  throw new StrongroomError(
    'AwsRefused',
    `Cannot act for the team "${team}": AWS takes no such name`,
    {
      remedy: 'Rename the team in the domain file',
      values: { operation: 'AssumeRole', awsCode: 'ValidationError', detail: team },
    },
  );
}
