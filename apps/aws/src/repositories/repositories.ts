import { type Domain, tagsOfRepository } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRepository } from 'aws-cdk-lib/aws-codecommit';
import { Construct } from 'constructs';

/**
 * They are sealed under CodeCommit's own key: with another one everybody who pulls would need to use it.
 * Repositories that the domain file names; whose they are is in the tags that policies decide by.
 */
export class Repositories extends Construct {
  constructor(scope: Construct, { domain }: { domain: Domain }) {
    super(scope, 'Repositories');
    for (const { name, owner, access } of domain.aws.repositories) {
      const tags = tagsOfRepository({
        owner,
        access: access === 'everyone' ? [{ to: 'everyone', permission: 'read-write' }] : [],
      });
      new CfnRepository(this, `repository-${name}`, {
        repositoryName: name,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}
