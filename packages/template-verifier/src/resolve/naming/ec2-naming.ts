import { createHash } from 'node:crypto';
import { arnOf, type NamedResource, type Naming } from './naming.ts';

/** EC2 ids are a prefix and hexadecimal digits; a digest makes one that stays the same. */
function identifier(prefix: string): Naming['reference'] {
  return ({ stack, logicalId }) => `${prefix}-${digest(`${stack}/${logicalId}`)}`;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 17);
}

function ec2(prefix: string, kind: string, attributes: readonly string[]): Naming {
  const reference = identifier(prefix);
  return {
    reference,
    referenceAttributes: attributes,
    arn: (resource) => arnOf(resource, { service: 'ec2' }, `${kind}/${reference(resource)}`),
  };
}

const vpc = ec2('vpc', 'vpc', ['VpcId']);

export const ec2Naming: Readonly<Record<string, Naming>> = {
  'AWS::EC2::VPC': {
    ...vpc,
    attributes: {
      DefaultSecurityGroup: identifier('sg-default'),
      DefaultNetworkAcl: identifier('acl-default'),
      CidrBlock: (resource: NamedResource) => resource.property('CidrBlock') ?? '0.0.0.0/0',
    },
  },
  'AWS::EC2::Subnet': ec2('subnet', 'subnet', ['SubnetId']),
  'AWS::EC2::SecurityGroup': ec2('sg', 'security-group', ['GroupId', 'Id']),
  'AWS::EC2::RouteTable': ec2('rtb', 'route-table', ['RouteTableId']),
  'AWS::EC2::VPCEndpoint': ec2('vpce', 'vpc-endpoint', ['Id']),
  'AWS::EC2::InternetGateway': ec2('igw', 'internet-gateway', ['InternetGatewayId']),
  'AWS::EC2::EgressOnlyInternetGateway': ec2('eigw', 'egress-only-internet-gateway', ['Id']),
  'AWS::EC2::NatGateway': ec2('nat', 'natgateway', ['NatGatewayId']),
  'AWS::EC2::TransitGateway': ec2('tgw', 'transit-gateway', ['Id']),
  'AWS::EC2::VPCPeeringConnection': ec2('pcx', 'vpc-peering-connection', ['Id']),
  'AWS::EC2::NetworkAcl': ec2('acl', 'network-acl', ['Id']),
  'AWS::EC2::FlowLog': ec2('fl', 'vpc-flow-log', ['Id']),
  'AWS::EC2::PrefixList': ec2('pl', 'prefix-list', ['PrefixListId']),
  'AWS::EC2::EIP': {
    reference: identifier('eip'),
    attributes: { AllocationId: identifier('eipalloc') },
  },
};

export { digest as identifierDigest };
