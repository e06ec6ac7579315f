import { describe, expect, it } from 'vitest';
import { FakeAws, named } from '../testing/fake-aws.ts';
import { tearDown } from './tear-down.ts';

const names = {
  domainName: 'research',
  foundationName: 'strongroom-research',
  stackNames: ['strongroom-research-people-1', 'strongroom-research'],
};

function deployed(): FakeAws {
  const aws = new FakeAws();
  const app = { AppName: 'default', AppType: 'JupyterLab', Status: 'InService' };
  aws.apps = [{ ...app, SpaceName: 'alice' }];
  aws.spaces = ['alice', 'bob'].map((SpaceName) => ({ SpaceName, Status: 'InService' }));
  aws.profiles = ['alice', 'bob'].map((name) => ({ UserProfileName: name, Status: 'InService' }));
  aws.domain = 'd-1';
  aws.fileSystem = 'fs-1';
  aws.mountTargets = ['fsmt-1', 'fsmt-2'];
  aws.groups = ['inbound', 'outbound'].map((direction) => ({
    GroupId: `sg-${direction}`,
    GroupName: `security-group-for-${direction}-nfs-d-1`,
    IpPermissions: [{}],
  }));
  aws.interfaces = ['eni-1'];
  aws.stacks = [...names.stackNames];
  return aws;
}

function expectNothingLeft(aws: FakeAws): void {
  expect([...aws.apps, ...aws.spaces, ...aws.profiles, ...aws.mountTargets]).toEqual([]);
  expect([aws.domain, aws.fileSystem]).toEqual([undefined, undefined]);
  expect([...aws.groups, ...aws.interfaces, ...aws.stacks]).toEqual([]);
}

describe('a teardown (against a fake of AWS)', () => {
  it('leaves no app, home, group, interface or stack, in the order that AWS takes', async () => {
    const aws = deployed();
    await tearDown(aws, names);
    expectNothingLeft(aws);
    const order = ['DeleteApp', 'DeleteSpace', 'DeleteUserProfile', 'DeleteDomain', 'DeleteStack'];
    const places = order.map((command) => aws.asked.indexOf(command));
    expect(places).toEqual([...places].sort((left, right) => left - right));
  });

  it.each([
    ...['DeleteApp', 'DeleteSpace', 'DeleteUserProfile', 'DeleteDomain'],
    ...['DeleteMountTarget', 'DeleteFileSystem', 'RevokeSecurityGroupIngress'],
    ...['DeleteSecurityGroup', 'DeleteNetworkInterface'],
    ...['DeleteStack', 'UpdateTerminationProtection'],
  ])('goes on where it was when %s failed', async (command) => {
    const aws = deployed();
    aws.failure = { command, error: named('ExpiredTokenException') };
    await expect(tearDown(aws, names)).rejects.toMatchObject({ code: 'CredentialsExpired' });
    await tearDown(aws, names);
    expectNothingLeft(aws);
  });

  it('does nothing twice where everything is gone', async () => {
    const aws = new FakeAws();
    await tearDown(aws, names);
    expect(aws.asked.filter((command) => command.startsWith('Delete'))).toEqual([]);
  });

  it('tells a refusal of AWS with what to do', async () => {
    const aws = deployed();
    aws.failure = { command: 'ListApps', error: named('ThrottlingException', 'Rate exceeded') };
    await expect(tearDown(aws, names)).rejects.toMatchObject({ code: 'TooManyRequests' });
    aws.failure = { command: 'ListApps', error: named('AccessDeniedException') };
    await expect(tearDown(aws, names)).rejects.toMatchObject({ code: 'NotAllowed' });
  });
});
