import type { SimulationRequest } from '@strongroom/contracts';
import type { RenderedPolicy } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import type { Person } from '../identity/person.ts';
import { newPerson } from '../studios/testing/test-people.ts';
import { createAuthorize } from './authorize.ts';
import { PolicyBook } from './policy-book.ts';
import { Simulator } from './simulate.ts';
import { domainWith } from './testing/authorize-for.ts';
import { testResources } from './testing/test-resources.ts';

const alice = newPerson('alice', 1, { team: 'platform' });
const bob = newPerson('bob', 2, { disabled: true });

function simulatorWith(own: readonly RenderedPolicy[] = []): Simulator {
  const everybody: readonly Person[] = [alice, bob];
  const domain = domainWith(() => everybody)();
  const book = new PolicyBook(
    () => domain,
    () => own,
    testResources,
  );
  const clock = () => new Date('2026-01-01T12:00:00Z');
  return new Simulator({
    ...{ book, clock, domain: () => domain },
    authorize: createAuthorize({ domain: () => domain, book, clock }),
    people: {
      find: async (name) => everybody.find(({ profileName }) => profileName === name),
      list: async () => [...everybody],
    },
  });
}

function ask(change: Partial<SimulationRequest>, simulator = simulatorWith()) {
  const { profileName } = alice;
  const action = 'sagemaker:CreatePresignedDomainUrl';
  return simulator.simulate({ profileName, action, resource: 'alice', ...change });
}

describe('a simulated decision', () => {
  it('is another one with another context', async () => {
    const untilNoon = ownPolicy({
      DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T18:00:00Z' },
    });
    const simulator = simulatorWith([untilNoon]);
    expect((await ask({}, simulator)).allowed).toBe(true);
    for (const key of ['aws:CurrentTime', 'AWS:currenttime']) {
      const later = await ask({ context: { [key]: '2026-01-01T19:00:00Z' } }, simulator);
      expect(later).toMatchObject({ allowed: false, rule: 'own/Denied' });
    }
  });

  it('is another one for a notebook', async () => {
    const action = 'sts:GetCallerIdentity';
    expect((await ask({ action, resource: '*' })).allowed).toBe(false);
    const notebook = await ask({ action, resource: '*', actingAs: 'notebook' });
    expect(notebook).toMatchObject({ allowed: true, rule: 'execution-role-alice/KnowWhoOneIs' });
  });

  it('is another one through an endpoint', async () => {
    const question = { action: 'strongroom:DescribeStudio', actingAs: 'notebook' } as const;
    expect((await ask(question)).allowed).toBe(true);
    expect((await ask({ ...question, endpoint: 'api' })).allowed).toBe(true);
    expect((await ask({ ...question, endpoint: 'sts' })).allowed).toBe(false);
  });

  it('minds the policy of a bucket, through the S3 endpoint and without', async () => {
    const question = {
      ...({ action: 's3:PutObject', actingAs: 'notebook' } as const),
      resource: 'arn:aws:s3:::research-reference/a.csv',
    };
    const sealed = { 's3:x-amz-server-side-encryption': 'aws:kms' };
    const rule = 'bucket-research-reference/OnlySealedByKms';
    expect(await ask(question)).toMatchObject({ allowed: false, rule });
    expect((await ask({ ...question, context: sealed })).allowed).toBe(true);
    const through = { ...question, endpoint: 's3' } as const;
    expect((await ask({ ...through, context: sealed })).allowed).toBe(true);
    expect((await ask({ ...through, endpoint: 'sts', context: sealed })).allowed).toBe(false);
  });

  it('is about a kernel for a notebook and about the server for a person', async () => {
    const action = 'sagemaker:CreateApp';
    const person = await ask({ action });
    expect(person).toMatchObject({ allowed: true, rule: 'studio-owner/RunOwnApps' });
    expect(person.resourceArn).toMatch(/\/alice\/JupyterServer\/default$/);
    const notebook = await ask({ action, actingAs: 'notebook' });
    expect(notebook).toMatchObject({ allowed: true });
    expect(notebook.resourceArn).toMatch(/\/alice\/KernelGateway\/host-python-/);
  });

  it('minds the cap of the instance types, also where the question names none', async () => {
    const action = 'sagemaker:CreateApp';
    const large = { 'sagemaker:instancetypes': ['ml.p4d.24xlarge'] };
    const rule = 'instance-type-cap/OnlyInstanceTypesOfTheDomain';
    expect(await ask({ action, context: large })).toMatchObject({ allowed: false, rule });
    const noSystem = ownPolicy({
      'ForAnyValue:StringEquals': { 'sagemaker:InstanceTypes': 'system' },
    });
    const [document] = [noSystem.document];
    const deny = { ...noSystem, document: { ...document, Statement: denyApps(document) } };
    expect(await ask({ action }, simulatorWith([deny]))).toMatchObject({ rule: 'own/Denied' });
    const matrix = await simulatorWith([deny]).matrix(alice.profileName);
    const index = matrix.actions.indexOf(action);
    expect(matrix.people[0]?.decisions[index]).toEqual({ allowed: false, rule: 'own/Denied' });
  });

  it('refuses one key in two spellings', async () => {
    const context = { 'aws:SourceIp': '10.0.0.1', 'AWS:SourceIP': '10.0.0.2' };
    await expect(ask({ context })).rejects.toMatchObject({ code: 'InvalidRequest' });
  });

  it('marks who is disabled', async () => {
    const { people } = await simulatorWith().matrix(alice.profileName);
    expect(people.map(({ disabled }) => disabled)).toEqual([false, true]);
    expect(people[1]?.decisions.every(({ rule }) => rule === 'person-disabled')).toBe(true);
  });
});

type Statement = Extract<RenderedPolicy['document']['Statement'], { Effect: string }>;

function ownPolicy(Condition: NonNullable<Statement['Condition']>): RenderedPolicy {
  return {
    ...{ name: 'own', kind: 'identity', file: 'policies/own.json' },
    purpose: { english: '', korean: '' },
    document: {
      Version: '2012-10-17',
      Statement: {
        ...{ Sid: 'Denied', Effect: 'Deny', Resource: '*', Condition },
        Action: 'sagemaker:CreatePresignedDomainUrl',
      },
    },
    bindings: [{ kind: 'everyone' }],
  };
}

function denyApps({ Statement }: RenderedPolicy['document']): Statement {
  return { ...(Statement as Statement), Action: 'sagemaker:CreateApp' };
}
