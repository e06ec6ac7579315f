import type { DomainResources } from '@strongroom/domain';

/** A key that no test needs to be there. */
export const testResources = (): DomainResources => ({
  dataKeyArn: 'arn:aws:kms:ap-northeast-2:000000000000:key/11111111-2222-4333-8444-555555555555',
});
