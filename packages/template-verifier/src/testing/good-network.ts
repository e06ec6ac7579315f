import { document, getAtt, join, ref, sub } from './intrinsic.ts';

const region = ref('AWS::Region');
const ownAccount = { 'aws:PrincipalAccount': ref('AWS::AccountId') };

const services = [
  ...['sagemaker.api', 'sagemaker.runtime', 'sts', 'logs', 'kms'],
  ...['monitoring', 'ecr.api', 'ecr.dkr'],
];

/** A network without a way out: endpoints, and groups that speak with each other alone. */
export function goodNetwork(): Record<string, unknown> {
  return {
    Network: {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: '10.0.0.0/16', EnableDnsHostnames: true, EnableDnsSupport: true },
    },
    DefaultGroup: {
      Type: 'Custom::VpcRestrictDefaultSG',
      Properties: { DefaultSecurityGroupId: getAtt('Network', 'DefaultSecurityGroup') },
    },
    ...subnet('One', 0),
    ...subnet('Two', 1),
    Table: { Type: 'AWS::EC2::RouteTable', Properties: { VpcId: ref('Network') } },
    FlowLog: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ...{ ResourceType: 'VPC', ResourceId: ref('Network'), TrafficType: 'ALL' },
        ...{ LogDestinationType: 's3', LogDestination: join(getAtt('AuditBucket'), '/flow-logs') },
      },
    },
    ...groups(),
    S3Endpoint: {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ...{ VpcId: ref('Network'), VpcEndpointType: 'Gateway', RouteTableIds: [ref('Table')] },
        ServiceName: join('com.amazonaws.', region, '.s3'),
        PolicyDocument: document({
          ...{ Sid: 'OwnBuckets', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
          Condition: {
            StringEquals: { ...ownAccount, 's3:ResourceAccount': ref('AWS::AccountId') },
          },
        }),
      },
    },
    ...Object.fromEntries(services.map((service) => endpoint(service))),
  };
}

function subnet(name: string, index: number): Record<string, unknown> {
  return {
    [`Subnet${name}`]: {
      Type: 'AWS::EC2::Subnet',
      Properties: {
        ...{ VpcId: ref('Network'), MapPublicIpOnLaunch: false },
        CidrBlock: `10.0.${index}.0/24`,
        AvailabilityZone: { 'Fn::Select': [index, { 'Fn::GetAZs': '' }] },
      },
    },
    [`Subnet${name}Table`]: {
      Type: 'AWS::EC2::SubnetRouteTableAssociation',
      Properties: { SubnetId: ref(`Subnet${name}`), RouteTableId: ref('Table') },
    },
  };
}

function endpoint(service: string): [string, unknown] {
  const name = service.replace(/(?:^|\.)(.)/g, (_, letter: string) => letter.toUpperCase());
  const prefix = service.split('.')[0] ?? service;
  return [
    `${name}Endpoint`,
    {
      Type: 'AWS::EC2::VPCEndpoint',
      Properties: {
        ...{ VpcId: ref('Network'), VpcEndpointType: 'Interface', PrivateDnsEnabled: true },
        ServiceName: sub(`com.amazonaws.\${AWS::Region}.${service}`),
        SubnetIds: [ref('SubnetOne'), ref('SubnetTwo')],
        SecurityGroupIds: [ref('EndpointGroup')],
        PolicyDocument: document({
          ...{ Effect: 'Allow', Principal: '*', Resource: '*' },
          Action: prefix === 'monitoring' ? 'cloudwatch:*' : `${prefix}:*`,
          Condition: { StringEquals: ownAccount },
        }),
      },
    },
  ];
}

const httpsPort = 443;
const nfsPort = 2049;
const nothing = { CidrIp: '255.255.255.255/32', IpProtocol: 'icmp', FromPort: 252, ToPort: 86 };

function groups(): Record<string, unknown> {
  const rule = (end: 'Source' | 'Destination', group: string, from: number, to = from) => ({
    ...{ IpProtocol: 'tcp', FromPort: from, ToPort: to },
    [`${end}SecurityGroupId`]: getAtt(group, 'GroupId'),
  });
  const separate = (direction: 'Ingress' | 'Egress', group: string, properties: object) => ({
    Type: `AWS::EC2::SecurityGroup${direction}`,
    Properties: { GroupId: getAtt(group, 'GroupId'), ...properties },
  });
  const group = (description: string) => ({
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      ...{ VpcId: ref('Network'), GroupDescription: description },
      SecurityGroupEgress: [nothing],
    },
  });
  return {
    StudioGroup: group('Studios and kernels'),
    EndpointGroup: group('Endpoints'),
    HomesGroup: group('Homes'),
    StudiosHearEachOther: separate(
      'Ingress',
      'StudioGroup',
      rule('Source', 'StudioGroup', 8192, 65535),
    ),
    StudiosSpeakWithEachOther: separate(
      'Egress',
      'StudioGroup',
      rule('Destination', 'StudioGroup', 8192, 65535),
    ),
    StudiosReachEndpoints: separate(
      'Egress',
      'StudioGroup',
      rule('Destination', 'EndpointGroup', httpsPort),
    ),
    StudiosReachHomes: separate(
      'Egress',
      'StudioGroup',
      rule('Destination', 'HomesGroup', nfsPort),
    ),
    EndpointsHearStudios: separate(
      'Ingress',
      'EndpointGroup',
      rule('Source', 'StudioGroup', httpsPort),
    ),
    HomesHearStudios: separate('Ingress', 'HomesGroup', rule('Source', 'StudioGroup', nfsPort)),
  };
}
