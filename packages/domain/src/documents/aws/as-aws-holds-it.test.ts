import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import { describe, expect, it } from 'vitest';
import { asAwsHoldsIt } from './as-aws-holds-it.ts';
import { boundToTag } from './bound-to-tag.ts';

const ids = { rendered: 'd-here', onAws: 'd-there' };
const held = (...Statement: PolicyStatement[]) =>
  asAwsHoldsIt({ Version: '2012-10-17', Statement }, ids)?.Statement;

describe('a rendered document on AWS', () => {
  it('has the id that AWS gave, wherever it stands', () => {
    const Resource = [
      'arn:aws:sagemaker:r:a:user-profile/d-here/*',
      'arn:aws:sagemaker:r:a:domain/d-here',
    ];
    const Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:sagemaker:r:a:domain/d-here' } };
    const statement = {
      Effect: 'Allow',
      Action: 'sagemaker:ListApps',
      Resource,
      Condition,
    } as const;
    expect(JSON.stringify(held(statement))).toBe(
      JSON.stringify([statement]).replaceAll('d-here', 'd-there'),
    );
  });

  it('has no action that AWS has no word for, and nothing at all where none is left', () => {
    expect(
      held({
        ...{ Effect: 'Allow', Resource: '*' },
        Action: ['sagemaker:ListApps', 'strongroom:ListJobs'],
      }),
    ).toEqual([{ Effect: 'Allow', Resource: '*', Action: ['sagemaker:ListApps'] }]);
    expect(held({ Effect: 'Allow', Action: 'strongroom:ListJobs', Resource: '*' })).toBeUndefined();
  });

  it('denies all the more where what it excepts is no word of AWS', () => {
    expect(held({ Effect: 'Deny', NotAction: ['strongroom:ListJobs'], Resource: '*' })).toEqual([
      { Effect: 'Deny', Action: '*', Resource: '*' },
    ]);
    expect(
      held({ Effect: 'Allow', NotAction: ['strongroom:ListJobs'], Resource: '*' }),
    ).toBeUndefined();
  });

  it('knows whom a service acts for by a tag that only the portal sets', () => {
    const via = { 'aws:CalledVia': 'sharing.strongroom' };
    const tag = { 'aws:PrincipalTag/strongroom-called-via': 'sharing.strongroom' };
    const statement = { Effect: 'Deny', Action: 's3:PutObject', Resource: '*' } as const;
    expect(held({ ...statement, Condition: { 'ForAllValues:StringNotEquals': via } })).toEqual([
      { ...statement, Condition: { StringNotEquals: tag } },
    ]);
    expect(held({ ...statement, Condition: { 'ForAnyValue:StringEquals': via } })).toEqual([
      { ...statement, Condition: { StringEquals: tag } },
    ]);
  });
});

describe('a document that binds one team', () => {
  const document: PolicyDocument = {
    Version: '2012-10-17',
    Statement: { Effect: 'Deny', Action: 's3:*', Resource: '*' },
  };

  it('holds only in sessions of that team', () => {
    expect(boundToTag(document, 'strongroom-team', 'risk-models').Statement).toEqual([
      {
        ...{ Effect: 'Deny', Action: 's3:*', Resource: '*' },
        Condition: { StringEquals: { 'aws:PrincipalTag/strongroom-team': 'risk-models' } },
      },
    ]);
  });

  it('is refused where it has such a condition of its own, which would be lost', () => {
    const bound = boundToTag(document, 'strongroom-team', 'risk-models');
    expect(() => boundToTag(bound, 'strongroom-team', 'platform')).toThrow(RangeError);
  });
});
