import type { AwsPolicies, Domain } from '@strongroom/domain';
import { type CfnResource, RemovalPolicy } from 'aws-cdk-lib';
import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** KMS waits for so long before a key that was asked to go is gone; the longest that it allows. */
const pendingWindowInDays = 30;

/** One key each for objects, for homes and volumes, and for evidence: none opens what another seals. */
export class Keys extends Construct {
  readonly data: CfnKey;
  readonly studio: CfnKey;
  readonly log: CfnKey;

  constructor(
    scope: Construct,
    { domain, policies, after }: { domain: Domain; policies: AwsPolicies; after: CfnResource },
  ) {
    super(scope, 'Keys');
    const make = (purpose: 'Data' | 'Studio' | 'Log', description: string) => {
      const key = new CfnKey(this, purpose, {
        ...{ description, enableKeyRotation: true, pendingWindowInDays },
        keyPolicy: policies.keys[purpose.toLowerCase() as 'data' | 'studio' | 'log'],
      });
      // KMS refuses a policy that names a role which is not there.
      key.addResourceDependency(after);
      key.applyRemovalPolicy(RemovalPolicy.RETAIN);
      new CfnAlias(this, `${purpose}Alias`, {
        aliasName: `alias/strongroom/${domain.domain.name}/${purpose.toLowerCase()}`,
        targetKeyId: key.ref,
      });
      return key;
    };
    this.data = make('Data', 'Seals the objects of the domain');
    this.studio = make('Studio', 'Seals homes and volumes of studios');
    this.log = make('Log', 'Seals logs, trails and alarms');
  }
}
