import { describe, expect, it } from 'vitest';
import { closeDefaultGroup } from './close-default-group.ts';
import { findPrefixList } from './find-prefix-list.ts';
import { deployWords } from './run-cdk.ts';

interface Sent {
  readonly name: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** A fake of EC2, at the level of SDK commands: it answers and remembers what was sent. */
function fakeEc2(answers: Readonly<Record<string, object>>) {
  const sent: Sent[] = [];
  const send = async (command: { constructor: { name: string }; input: Sent['input'] }) => {
    const name = command.constructor.name.replace(/Command$/, '');
    sent.push({ name, input: command.input });
    return answers[name] ?? {};
  };
  return { sent, client: { send } as unknown as Parameters<typeof findPrefixList>[0] };
}

describe('a deployment (against a fake of EC2)', () => {
  it('takes every rule out of the default security group', async () => {
    const group = { GroupId: 'sg-0', IpPermissions: [{ a: 1 }], IpPermissionsEgress: [{ b: 2 }] };
    const { client, sent } = fakeEc2({ DescribeSecurityGroups: { SecurityGroups: [group] } });
    expect(await closeDefaultGroup(client, 'vpc-1')).toBe(true);
    expect(sent.slice(1)).toEqual([
      {
        name: 'RevokeSecurityGroupIngress',
        input: { GroupId: 'sg-0', IpPermissions: [{ a: 1 }] },
      },
      { name: 'RevokeSecurityGroupEgress', input: { GroupId: 'sg-0', IpPermissions: [{ b: 2 }] } },
    ]);
    const names = [
      { Name: 'vpc-id', Values: ['vpc-1'] },
      { Name: 'group-name', Values: ['default'] },
    ];
    expect(sent[0]?.input).toEqual({ Filters: names });
  });

  it('changes nothing where the group is empty already', async () => {
    const { client, sent } = fakeEc2({
      DescribeSecurityGroups: { SecurityGroups: [{ GroupId: 'sg-0' }] },
    });
    expect(await closeDefaultGroup(client, 'vpc-1')).toBe(false);
    expect(sent).toHaveLength(1);
  });

  it('asks AWS for the addresses of S3, and does without no answer', async () => {
    const found = { PrefixLists: [{ PrefixListId: 'pl-0a1b2c3d' }] };
    const { client } = fakeEc2({ DescribeManagedPrefixLists: found });
    expect(await findPrefixList(client, 'ap-northeast-2')).toBe('pl-0a1b2c3d');
    await expect(findPrefixList(fakeEc2({}).client, 'ap-northeast-2')).rejects.toThrow(
      /aws\.network\.s3PrefixList/,
    );
  });

  it('deploys the folder that was checked', () => {
    const words = deployWords('/srv/data/aws', [['strongroom-research', 'S3PrefixList', 'pl-1']]);
    expect(words).toEqual(expect.arrayContaining(['--app', '/srv/data/aws', '--all']));
    expect(words.slice(-2)).toEqual(['--parameters', 'strongroom-research:S3PrefixList=pl-1']);
  });
});
