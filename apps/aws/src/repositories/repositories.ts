import { type Domain, tagsOfRepository } from '@strongroom/domain';
import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnRepository } from 'aws-cdk-lib/aws-codecommit';
import { Construct } from 'constructs';

/** Repositories that the domain file names; whose they are is in the tags that policies decide by. */
export class Repositories extends Construct {
  constructor(scope: Construct, { domain, keyArn }: { domain: Domain; keyArn: string }) {
    super(scope, 'Repositories');
    for (const { name, owner, access } of domain.aws.repositories) {
      const tags = tagsOfRepository({
        owner,
        access: access === 'everyone' ? [{ to: 'everyone', permission: 'read-write' }] : [],
      });
      new CfnRepository(this, `repository-${name}`, {
        ...{ repositoryName: name, kmsKeyId: keyArn },
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}
