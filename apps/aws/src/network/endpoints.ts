import type { AwsPolicies, Domain, EndpointService } from '@strongroom/domain';
import { CfnVPCEndpoint } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** The only way from the isolated subnets to a service, each with the policy that is rendered for it. */
export class Endpoints extends Construct {
  readonly #byService = new Map<EndpointService | 's3', CfnVPCEndpoint>();

  constructor(
    scope: Construct,
    options: {
      domain: Domain;
      policies: AwsPolicies;
      vpcId: string;
      subnetIds: string[];
      routeTableIds: string[];
      securityGroupId: string;
    },
  ) {
    super(scope, 'Endpoints');
    const { vpcId, subnetIds, routeTableIds, securityGroupId } = options;
    const { region } = options.domain.domain;
    for (const [service, policyDocument] of options.policies.endpoints) {
      const place =
        service === 's3'
          ? { vpcEndpointType: 'Gateway', routeTableIds }
          : {
              ...{ vpcEndpointType: 'Interface', subnetIds, privateDnsEnabled: true },
              securityGroupIds: [securityGroupId],
            };
      const endpoint = new CfnVPCEndpoint(this, service, {
        ...{ serviceName: serviceName(service, region), vpcId, policyDocument },
        ...place,
      });
      this.#byService.set(service, endpoint);
    }
  }

  idOf(service: EndpointService | 's3'): string {
    const endpoint = this.#byService.get(service);
    if (endpoint === undefined) throw new RangeError(`Cannot find the endpoint "${service}"`);
    return endpoint.ref;
  }
}

/** Studio's is the one that is named otherwise (SageMaker Developer Guide, "Connect to Studio through an interface VPC endpoint"). */
function serviceName(service: EndpointService | 's3', region: string): string {
  return service === 'studio'
    ? `aws.sagemaker.${region}.studio`
    : `com.amazonaws.${region}.${service}`;
}
