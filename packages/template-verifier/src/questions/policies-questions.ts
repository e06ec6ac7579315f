import { actionsExist } from './policies/actions-exist.ts';
import { conditionKeysExist } from './policies/condition-keys-exist.ts';
import { denialsNotWaivedByTags } from './policies/denials-not-waived-by-tags.ts';
import { forAllValuesGuarded } from './policies/for-all-values-guarded.ts';
import { noAllowsByException } from './policies/no-allows-by-exception.ts';
import { noOpenAllows } from './policies/no-open-allows.ts';
import { noWideAwsPolicies } from './policies/no-wide-aws-policies.ts';
import { policiesReadable } from './policies/policies-readable.ts';
import { policiesUseVariables } from './policies/policies-use-variables.ts';
import { sourceEndpointNotInverted } from './policies/source-endpoint-not-inverted.ts';
import type { Question } from './question.ts';

export const policiesQuestions: readonly Question[] = [
  actionsExist,
  conditionKeysExist,
  denialsNotWaivedByTags,
  forAllValuesGuarded,
  noAllowsByException,
  noOpenAllows,
  noWideAwsPolicies,
  policiesReadable,
  policiesUseVariables,
  sourceEndpointNotInverted,
];
