import { getAtt, ref } from '../testing/intrinsic.ts';
import { editFirstStatement, editStatement } from '../testing/policy-edits.ts';
import {
  add,
  describeQuestions,
  maybe,
  remove,
  set,
  somethingUnknown,
} from '../testing/question-cases.ts';
import { networkQuestions } from './network-questions.ts';

const firewallPolicy = (actions: unknown) =>
  add('FirewallPolicy', 'AWS::NetworkFirewall::FirewallPolicy', {
    FirewallPolicy: { StatefulDefaultActions: actions },
  });
const allowList = (names: unknown) =>
  add('AllowList', 'AWS::NetworkFirewall::RuleGroup', {
    Type: 'STATEFUL',
    RuleGroup: {
      RulesSource: { RulesSourceList: { GeneratedRulesType: 'ALLOWLIST', Targets: names } },
    },
  });
const aclEntry = (cidr: unknown) =>
  add('AclEntry', 'AWS::EC2::NetworkAclEntry', {
    ...{ Egress: false, RuleAction: 'allow', Protocol: 6, CidrBlock: cidr },
    PortRange: { From: 22, To: 22 },
  });
const defaultRoute = (properties: Record<string, unknown>) =>
  add('WayOut', 'AWS::EC2::Route', { RouteTableId: ref('Table'), ...properties });
const groupRule = (direction: 'Ingress' | 'Egress', cidr: unknown) =>
  add('Rule', `AWS::EC2::SecurityGroup${direction}`, {
    ...{ GroupId: getAtt('StudioGroup', 'GroupId'), IpProtocol: '-1', CidrIp: cidr },
  });

describeQuestions(networkQuestions, {
  'no-path-to-internet': {
    broken: defaultRoute({ DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1' }),
    unknown: defaultRoute({ DestinationCidrBlock: somethingUnknown, GatewayId: 'igw-1' }),
  },
  'subnets-give-no-public-addresses': {
    broken: set('SubnetOne.MapPublicIpOnLaunch', true),
    unknown: set('SubnetOne.MapPublicIpOnLaunch', somethingUnknown),
  },
  'studio-endpoints-present': {
    broken: remove('StsEndpoint'),
    unknown: set('StsEndpoint.ServiceName', somethingUnknown),
  },
  'endpoint-private-dns': {
    broken: set('StsEndpoint.PrivateDnsEnabled', undefined),
    unknown: set('StsEndpoint.PrivateDnsEnabled', somethingUnknown),
  },
  'interface-endpoint-policies': {
    broken: set('StsEndpoint.PolicyDocument', undefined),
    unknown: editFirstStatement('StsEndpoint', (statement) => {
      statement.Condition = { StringEquals: { 'aws:PrincipalAccount': somethingUnknown } };
    }),
  },
  's3-endpoint-policy': {
    broken: editStatement('S3Endpoint', 'OwnBuckets', (statement) => {
      delete statement.Condition;
    }),
    unknown: set('S3Endpoint.PolicyDocument', somethingUnknown),
  },
  'endpoints-admit-only-studios': {
    broken: remove('EndpointsHearStudios'),
    unknown: set('StsEndpoint.SecurityGroupIds', [somethingUnknown]),
  },
  'groups-let-nobody-in': {
    broken: groupRule('Ingress', '0.0.0.0/0'),
    unknown: groupRule('Ingress', somethingUnknown),
  },
  'groups-let-nothing-out': {
    broken: set('StudioGroup.SecurityGroupEgress', undefined),
    unknown: groupRule('Egress', somethingUnknown),
  },
  'homes-reachable': {
    broken: remove('StudiosReachHomes'),
    unknown: set('Domain.DefaultUserSettings.SecurityGroups', somethingUnknown),
  },
  'kernels-reach-studio': {
    broken: remove('StudiosHearEachOther'),
    unknown: set('StudiosHearEachOther.SourceSecurityGroupId', somethingUnknown),
  },
  'default-group-closed': {
    broken: remove('DefaultGroup'),
    unknown: set('DefaultGroup.DefaultSecurityGroupId', somethingUnknown),
  },
  'flow-logs': {
    broken: set('FlowLog.TrafficType', 'REJECT'),
    unknown: maybe('FlowLog'),
  },
  'flow-logs-encrypted': {
    broken: set(
      'AuditBucket.BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
      'AES256',
    ),
    unknown: set('FlowLog.LogDestination', somethingUnknown),
  },
  'network-acls-closed': {
    holds: aclEntry('10.0.0.0/16'),
    broken: aclEntry('0.0.0.0/0'),
    unknown: aclEntry(somethingUnknown),
  },
  'firewall-drops-by-default': {
    holds: firewallPolicy(['aws:drop_established']),
    broken: firewallPolicy(['aws:alert_established']),
    unknown: firewallPolicy(somethingUnknown),
  },
  'allow-list-names-exact': {
    holds: allowList(['pypi.org']),
    broken: allowList(['pypi.org', '.amazonaws.com']),
    unknown: allowList([somethingUnknown]),
  },
});
