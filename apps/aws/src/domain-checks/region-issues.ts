import { cannotUse, type Domain, type DomainFileIssue } from '@strongroom/domain';

/** Where SageMaker Studio is (AWS General Reference, "Amazon SageMaker AI endpoints and quotas"). */
const regionsOfStudio = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-central-1', 'eu-central-2', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1'],
  ...['eu-south-1', 'eu-south-2', 'af-south-1', 'me-south-1', 'me-central-1', 'il-central-1'],
  ...['ap-east-1', 'ap-south-1', 'ap-south-2', 'ap-northeast-1', 'ap-northeast-2'],
  ...['ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
];

export function regionIssues({ domain }: Domain): DomainFileIssue[] {
  if (regionsOfStudio.includes(domain.region)) return [];
  const path = ['domain', 'region'];
  const why = 'SageMaker Studio is not there';
  const mend = 'use one of its regions, for example ap-northeast-2 or us-east-1';
  return [cannotUse({ path, value: domain.region, mend, why })];
}
