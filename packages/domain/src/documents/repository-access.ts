import type { PolicyDocument, PolicyStatement } from '@strongroom/policy';
import type { DomainPerson } from '../file/domain.ts';
import type { DomainArns } from './domain-arns.ts';
import {
  everyoneTag,
  ownerTag,
  personAccessTag,
  repositoryTagKey,
  teamAccessTag,
} from './repository-tags.ts';

const pullActions = ['codecommit:GitPull'] as const;
const browseActions = [
  'codecommit:GetRepository',
  'codecommit:ListBranches',
  'codecommit:GetFolder',
  'codecommit:GetFile',
  'codecommit:GetCommit',
  'codecommit:GetDifferences',
] as const;
const manageActions = [
  'codecommit:UpdateRepositoryDescription',
  'codecommit:UpdateDefaultBranch',
  'codecommit:TagResource',
  'codecommit:DeleteRepository',
  'strongroom:UpdateProtectedBranches',
] as const;

type Person = Pick<DomainPerson, 'profileName' | 'team'>;

/**
 * What one person may do with repositories, by the tags that these carry (CodeCommit User Guide, "Using
 * tags to control access"). The same for all repositories, those that are made later included.
 */
function contentStatements(
  arns: Pick<DomainArns, 'repository'>,
  person: Person,
  reading: readonly string[],
): PolicyStatement[] {
  const granted = (sid: string, tag: string) => [
    allowBy(arns, { sid: `Read${sid}`, actions: reading, tag, values: ['read', 'read-write'] }),
    allowBy(arns, { sid: `Push${sid}`, actions: push, tag, values: ['read-write'] }),
  ];
  return [
    ...granted('WhatEveryoneMay', everyoneTag),
    ...granted('WhatTheTeamMay', teamAccessTag(person.team)),
    ...granted('WhatThePersonMay', personAccessTag(person.profileName)),
    allowBy(arns, {
      ...{ sid: 'UseOwnRepositories', actions: [...reading, ...push] },
      ...{ tag: ownerTag, values: [person.profileName] },
    }),
  ];
}

const push = ['codecommit:GitPush'] as const;

/** Of notebooks and terminals: Git itself and no more. */
export function repositoryStatements(
  arns: Pick<DomainArns, 'repository'>,
  person: Person,
): PolicyStatement[] {
  return contentStatements(arns, person, pullActions);
}

/** Of the person in the console, and with Git outside the studios. */
export function repositoryAccessDocument(
  arns: Pick<DomainArns, 'repository'>,
  person: Person,
): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SeeRepositoryNames',
        Effect: 'Allow',
        Action: 'codecommit:ListRepositories',
        Resource: '*',
      },
      {
        Sid: 'CreateRepositories',
        Effect: 'Allow',
        Action: 'codecommit:CreateRepository',
        Resource: arns.repository('*'),
      },
      ...contentStatements(arns, person, [...pullActions, ...browseActions]),
      allowBy(arns, {
        ...{ sid: 'ManageOwnRepositories', actions: manageActions },
        ...{ tag: ownerTag, values: [person.profileName] },
      }),
    ],
  };
}

function allowBy(
  arns: Pick<DomainArns, 'repository'>,
  rule: {
    readonly sid: string;
    readonly actions: readonly string[];
    readonly tag: string;
    readonly values: readonly string[];
  },
): PolicyStatement {
  return {
    ...{ Sid: rule.sid, Effect: 'Allow', Action: [...rule.actions] },
    Resource: arns.repository('*'),
    Condition: { StringEquals: { [repositoryTagKey(rule.tag)]: [...rule.values] } },
  };
}
