import {
  type AwsResources,
  type Domain,
  type RenderedPolicy,
  renderAwsPolicies,
  teamTag,
} from '@strongroom/domain';
import { CfnOutput, CfnParameter, Lazy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Roles } from '../identity/roles.ts';
import { Keys } from '../keys/keys.ts';
import { Network } from '../network/network.ts';
import { Alarms } from '../observability/alarms.ts';
import { addBudget } from '../observability/budget.ts';
import { addConfigRules } from '../observability/config-rules.ts';
import { Trail } from '../observability/trail.ts';
import { Repositories } from '../repositories/repositories.ts';
import { DataBuckets } from '../storage/data-buckets.ts';
import { LogBuckets } from '../storage/log-buckets.ts';
import { StudioDomain } from '../studio/studio-domain.ts';
import { foundationStackName, portalRoleArn } from './names.ts';

/** Everything but people: network, keys, storage, the SageMaker domain and what watches them. */
export class FoundationStack extends Stack {
  readonly policies: ReturnType<typeof renderAwsPolicies>;
  readonly roles: Roles;
  readonly domainId: string;
  readonly studioGroupId: string;
  readonly topicArn: string;

  constructor(
    scope: Construct,
    options: { domain: Domain; own: readonly RenderedPolicy[]; props: StackProps },
  ) {
    const { domain, own, props } = options;
    super(scope, foundationStackName(domain), props);
    // Documents name what is made after them and the other way round: as tokens they wait for each other.
    const later = (produce: () => string) => Lazy.string({ produce });
    this.policies = renderAwsPolicies(domain, this.#resources(domain, later), own);
    const { policies } = this;
    this.roles = new Roles(this, { domain, policies });
    const keys = new Keys(this, { domain, policies, after: this.roles.administrator });
    const [dataKeyArn, studioKeyArn, logKeyArn] = [keys.data, keys.studio, keys.log].map(
      (key) => key.attrArn,
    ) as [string, string, string];
    const logs = new LogBuckets(this, { domain, logKeyArn });
    new DataBuckets(this, { policies, dataKeyArn, accessLogs: logs.accessLogs });
    const { audit, auditPolicy } = logs;
    const network = new Network(this, {
      ...{ domain, policies, audit, auditPolicy, logKeyArn },
      s3PrefixList: this.#s3PrefixList(domain),
    });
    this.studioGroupId = network.groups.studios.attrGroupId;
    const studio = new StudioDomain(this, {
      ...{ domain, studioKeyArn, dataKeyArn, securityGroupId: this.studioGroupId },
      ...{ vpcId: network.vpc.ref, subnetIds: network.subnetIds },
      nobodyRoleArn: this.roles.nobody.attrArn,
    });
    this.domainId = studio.resource.attrDomainId;
    const buckets = [...policies.buckets.keys()];
    const trail = new Trail(this, { domain, audit, auditPolicy, logKeyArn, buckets });
    const logGroupName = trail.logGroup.ref;
    this.topicArn = new Alarms(this, { domain, logGroupName, logKeyArn }).topicArn;
    new Repositories(this, { domain });
    for (const { team, monthlyAmount } of domain.budgets.teams) {
      const budgetName = `strongroom-${domain.domain.name}-team-${team}`;
      const named = { id: `budget-team-${team}`, budgetName, monthlyAmount };
      addBudget(this, { ...named, tag: teamTag, value: team, topicArn: this.topicArn });
    }
    if (domain.aws.configRules) addConfigRules(this, domain.domain.name);
    this.#found = { keys, network, studio };
    new CfnOutput(this, 'DomainId', { value: this.domainId });
    new CfnOutput(this, 'VpcId', { value: network.vpc.ref });
    new CfnOutput(this, 'PortalGroupId', { value: network.groups.portal.attrGroupId });
    new CfnOutput(this, 'PortalRoleArn', { value: this.roles.portal.attrArn });
  }

  #found: { keys: Keys; network: Network; studio: StudioDomain } | undefined;

  #resources(domain: Domain, later: (produce: () => string) => string): AwsResources {
    const found = () => {
      if (this.#found === undefined) throw new Error('Cannot name a resource: nothing is made yet');
      return this.#found;
    };
    const { furtherEndpoints, availabilityZones } = domain.aws.network;
    const endpoint = (service: 'sagemaker.api' | 'studio' | 's3') =>
      later(() => found().network.endpoints.idOf(service));
    return {
      domainId: later(() => found().studio.resource.attrDomainId),
      dataKeyArn: later(() => found().keys.data.attrArn),
      studioKeyArn: later(() => found().keys.studio.attrArn),
      studioEndpointIds: [endpoint('sagemaker.api'), endpoint('studio'), ...furtherEndpoints],
      bucketEndpointIds: [endpoint('s3'), ...furtherEndpoints],
      subnetIds: Array.from({ length: availabilityZones }, (_, zone) =>
        later(() => found().network.subnetIds[zone] ?? ''),
      ),
      securityGroupId: later(() => found().network.groups.studios.attrGroupId),
      portalRoleArn: portalRoleArn(domain),
    };
  }

  /** AWS numbers its lists of S3's addresses by region; `deploy` asks for this one. */
  #s3PrefixList({ aws }: Domain): string {
    if (aws.network.s3PrefixList !== undefined) return aws.network.s3PrefixList;
    return new CfnParameter(this, 'S3PrefixList', {
      type: 'String',
      allowedPattern: '^pl-[0-9a-f]{8,17}$',
      description: "AWS's list of the addresses of S3 in this region",
    }).valueAsString;
  }
}
