import { StrongroomError } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DeployedDomain } from './deployed-domain.ts';
import { explainAwsError } from './explain-aws-error.ts';
import { openSageMakerClient } from './sage-maker-client.ts';
import { fakeNames } from './testing/fake-sage-maker.ts';
import { alice, type FakePortal, openFakePortal } from './testing/open-fake-portal.ts';

let opened: FakePortal;
beforeEach(async () => {
  opened = await openFakePortal();
});
afterEach(() => opened.close());

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof StrongroomError ? error : undefined),
  );
const credentials = { accessKeyId: 'fake', secretAccessKey: 'fake' };

describe('what AWS refuses', () => {
  it.each([
    ['AccessDeniedException', 'AwsAccessDenied'],
    ['ExpiredTokenException', 'AwsCredentialsUnusable'],
    ['UnrecognizedClientException', 'AwsCredentialsUnusable'],
    ['InvalidSignatureException', 'AwsCredentialsUnusable'],
    ['ResourceLimitExceeded', 'AwsLimitReached'],
    ['ValidationException', 'AwsRefused'],
  ])('is told with its literal code: %s', async (awsCode, code) => {
    opened.fake.fail('ListSpaces', { code: awsCode, message: 'said by the fake' });
    const refusal = await refusalOf(opened.portal.apps());
    expect(refusal?.code).toBe(code);
    expect(refusal?.values.awsCode).toBe(awsCode);
    expect(refusal?.values.operation).toBe('ListSpaces');
    // It is asked anew, and not remembered.
    expect(await opened.portal.apps()).toEqual([]);
  });

  it('about credentials is told without the words, which may hold what was signed', async () => {
    const words = 'The Canonical String should have been …';
    opened.fake.fail('ListDomains', { code: 'InvalidSignatureException', message: words });
    const refusal = await refusalOf(opened.portal.apps());
    expect(refusal?.message).not.toContain(words);
    expect(refusal?.values.detail).toBe('');
  });

  it('in the middle of a launch leaves what was done, and the next launch goes on there', async () => {
    await opened.portal.createSpace(alice, { instanceType: 'ml.t3.medium' });
    opened.fake.fail('CreatePresignedDomainUrl', { code: 'ExpiredTokenException' });
    const { failure } = await opened.launch(alice, 'alice');
    expect(failure?.code).toBe('AwsCredentialsUnusable');
    expect((await opened.launch(alice, 'alice')).state).toBe('Ready');
    expect(opened.fake.callsOf('CreateApp')).toHaveLength(1);
  });

  it('for haste is asked again, slower, until it is answered', async () => {
    opened.fake.fail('ListApps', { code: 'ThrottlingException', times: 2 });
    expect(await opened.portal.apps()).toEqual([]);
    expect(opened.fake.callsOf('ListApps')).toHaveLength(3);
  });

  it('for haste again and again is told in the end', async () => {
    const { endpoint } = opened.fake;
    opened.fake.fail('ListDomains', { code: 'ThrottlingException', times: 9 });
    const client = openSageMakerClient({
      ...{ region: fakeNames.region, endpoint, credentials, maximumAttempts: 2 },
    });
    const { domainName: name, accountId, region } = fakeNames;
    const names = { name, accountId, region };
    const domain = new DeployedDomain({ client, names, domainId: undefined });
    expect((await refusalOf(domain.id()))?.code).toBe('AwsThrottled');
    client.destroy();
  });

  it('is unreachable where nothing answers', async () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const refusal = explainAwsError(cause, { operation: 'ListApps', subject: 'd-x' });
    expect([refusal.code, refusal.values.awsCode]).toEqual(['AwsUnreachable', 'ECONNREFUSED']);
  });
});

describe('the deployed domain', () => {
  it('of another region than the domain file says is not used', async () => {
    const elsewhere = await openFakePortal({ region: 'us-east-1' });
    expect((await refusalOf(elsewhere.domain.id()))?.code).toBe('DomainMismatch');
    expect(elsewhere.fake.callsOf('ListApps')).toEqual([]);
    await elsewhere.close();
  });

  it.each([
    ['none has its name', 'other', undefined, 'DomainNotDeployed'],
    ['the id is of none', 'research', 'd-000000000000', 'DomainNotDeployed'],
    ['the id is of it', 'other', 'd-abcdefghijkl', undefined],
  ])('is found or told missing where %s', async (_, name, domainId, code) => {
    const { endpoint } = opened.fake;
    const { accountId, region } = fakeNames;
    const client = openSageMakerClient({ region, endpoint, credentials });
    const names = { name, accountId, region };
    const domain = new DeployedDomain({ client, names, domainId });
    expect((await refusalOf(domain.id()))?.code).toBe(code);
    client.destroy();
  });
});
