import type { ServiceSource } from '@strongroom/policy';
import { resourceKindOfAction } from './actions.ts';

const resourceTypes = [
  {
    name: 'user-profile',
    arn: 'arn:${Partition}:sagemaker:${Region}:${Account}:user-profile/${DomainId}/${UserProfileName}',
    conditionKeys: ['aws:ResourceTag/${TagKey}', 'sagemaker:ResourceTag/${TagKey}'],
  },
  {
    name: 'repository',
    arn: 'arn:${Partition}:codecommit:${Region}:${Account}:${RepositoryName}',
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
  },
  {
    name: 'domain',
    arn: 'arn:${Partition}:sagemaker:${Region}:${Account}:domain/${DomainId}',
    conditionKeys: [],
  },
  {
    name: 'share',
    arn: 'arn:${Partition}:strongroom:${Region}:${Account}:share/${UserProfileName}/${ShareId}',
    conditionKeys: [],
  },
];

/** Our own actions, told as AWS tells its services', so that documents that name them are checked too. */
export const strongroomService: ServiceSource = {
  prefix: 'strongroom',
  actions: Object.entries(resourceKindOfAction)
    .filter(([action]) => action.startsWith('strongroom:'))
    .map(([action, kind]) => ({
      name: action.slice('strongroom:'.length),
      resourceTypes: [kind],
      conditionKeys: [],
    })),
  resourceTypes,
  conditionKeys: [{ name: 'sagemaker:ResourceTag/${TagKey}', type: 'String', multivalued: false }],
};
