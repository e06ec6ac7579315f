import { describe, expect, it } from 'vitest';
import { buildModel } from '../graph/model.ts';
import { ask } from './ask.ts';

const unknown = { Ref: 'P' };

/** One role with these statements asks to read one object. */
function effectOf(...statements: readonly object[]): string {
  const { identities, resources } = buildModel({
    templates: {
      stack: {
        Parameters: { P: { Type: 'String' } },
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
              Policies: [{ PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
            },
          },
        },
      },
    },
  });
  const [identity] = identities;
  return ask(resources.surroundings, {
    ...{ identity, action: 's3:GetObject', resourceArn: 'arn:aws:s3:::data/object' },
  }).effect;
}

const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' };
const deny = { ...allow, Effect: 'Deny' };

describe('a decision on policies with unknown parts', () => {
  it('is known where the unknown part cannot matter', () => {
    expect(effectOf(allow)).toBe('allowed');
    expect(effectOf(allow, { ...allow, Resource: unknown })).toBe('allowed');
    expect(effectOf(deny, { ...allow, Resource: unknown })).toBe('refused');
    expect(effectOf({ ...allow, Action: 's3:PutObject', Resource: unknown })).toBe('refused');
  });

  it.each(['Action', 'Resource', 'Condition', 'Effect'])(
    'is unknown where an unknown %s could give or take the access',
    (element) => {
      expect(effectOf({ ...allow, [element]: unknown })).toBe('unknown');
      expect(effectOf(allow, { ...deny, [element]: unknown })).toBe('unknown');
    },
  );

  it('reads unknown exceptions both ways', () => {
    const { Resource, ...rest } = deny;
    expect(effectOf(allow, { ...rest, NotResource: [unknown, 'arn:aws:s3:::other/*'] })).toBe(
      'unknown',
    );
    expect(effectOf({ ...allow, Resource: [unknown, Resource] })).toBe('allowed');
  });

  it('is unknown on a document that nobody can read', () => {
    expect(effectOf({ ...allow, Effect: 'Permit' })).toBe('unknown');
  });
});

it('a tag of the request replaces that of the role, in whatever case it is written', () => {
  const { identities, resources } = buildModel({
    templates: {
      stack: {
        Resources: {
          Role: {
            Type: 'AWS::IAM::Role',
            Properties: {
              AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
              Tags: [{ Key: 'team', Value: 'one' }],
              Policies: [
                {
                  PolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                      {
                        ...allow,
                        Condition: { StringEquals: { 'aws:PrincipalTag/team': 'two' } },
                      },
                    ],
                  },
                },
              ],
            },
          },
        },
      },
    },
  });
  const [identity] = identities;
  const asked = { identity, action: 's3:GetObject', resourceArn: 'arn:aws:s3:::data/object' };
  expect(ask(resources.surroundings, asked).effect).toBe('refused');
  expect(
    ask(resources.surroundings, { ...asked, context: { 'aws:principaltag/team': 'two' } }).effect,
  ).toBe('allowed');
});
