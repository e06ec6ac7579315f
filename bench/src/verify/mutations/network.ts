import type { Mutation } from '../mutation.ts';

const endpoint = 'AWS::EC2::VPCEndpoint';
const group = 'AWS::EC2::SecurityGroup';
const everywhere = '0.0.0.0/0';
const everything = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
};

export const networkMutations: readonly Mutation[] = [
  {
    ...{ id: 's3-endpoint-policy-removed', breaks: 's3-endpoint-policy' },
    ...{ mistake: 'S3 endpoint without a policy', isUncaughtByOthers: true },
    apply: (set) => set.set(endpoint, /Endpointss3/, 'PolicyDocument', undefined),
  },
  {
    ...{ id: 's3-endpoint-policy-star', breaks: 's3-endpoint-policy' },
    ...{ mistake: 'S3 endpoint policy that allows everything', isUncaughtByOthers: true },
    apply: (set) => set.set(endpoint, /Endpointss3/, 'PolicyDocument', everything),
  },
  {
    ...{ id: 'interface-endpoint-policies-removed', breaks: 'interface-endpoint-policies' },
    ...{ mistake: 'interface endpoints without a policy', isUncaughtByOthers: true },
    apply(set) {
      for (const service of [/Endpointssts/, /Endpointskms/, /Endpointssagemakerapi/]) {
        set.set(endpoint, service, 'PolicyDocument', undefined);
      }
    },
  },
  {
    ...{ id: 'endpoint-policy-of-any-account', breaks: 'interface-endpoint-policies' },
    mistake: 'endpoint policy without its account condition',
    apply: (set) => delete set.statement('OwnAccount', /Endpointssagemakerapi/).Condition,
  },
  {
    ...{ id: 'egress-open', breaks: 'groups-let-nothing-out' },
    ...{ mistake: 'security group that lists no egress', isUncaughtByOthers: true },
    apply: (set) => set.set(group, /Studios/, 'SecurityGroupEgress', undefined),
  },
  {
    ...{ id: 'egress-everywhere', breaks: 'groups-let-nothing-out' },
    mistake: 'egress rule to every address and port',
    apply: (set) =>
      set.set(group, /Studios/, 'SecurityGroupEgress', [
        { CidrIp: everywhere, IpProtocol: '-1', Description: 'All' },
      ]),
  },
  {
    ...{ id: 'ingress-everywhere', breaks: 'groups-let-nobody-in' },
    mistake: 'ingress rule from every address',
    apply: (set) =>
      set.set(group, /Studios/, 'SecurityGroupIngress', [
        { CidrIp: everywhere, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'All' },
      ]),
  },
  {
    ...{ id: 'endpoints-open-to-the-world', breaks: 'endpoints-admit-only-studios' },
    mistake: 'endpoints’ group open to every address',
    apply: (set) =>
      set.set(group, /Endpoints/, 'SecurityGroupIngress', [
        { CidrIp: everywhere, IpProtocol: 'tcp', FromPort: 443, ToPort: 443, Description: 'All' },
      ]),
  },
  {
    ...{ id: 'endpoints-closed', breaks: 'endpoints-admit-only-studios' },
    mistake: 'endpoints’ group lets studios in no more',
    apply: (set) => set.remove('AWS::EC2::SecurityGroupIngress', /EndpointsFromStudios/),
  },
  {
    ...{ id: 'route-past-the-firewall', breaks: 'no-path-to-internet' },
    mistake: 'studios’ route to address translation, past the firewall',
    apply(set) {
      set.set('AWS::EC2::Route', /StudiosOut0/, 'VpcEndpointId', undefined);
      const nat = set.logicalIdOf('AWS::EC2::NatGateway', /Nat0/);
      set.set('AWS::EC2::Route', /StudiosOut0/, 'NatGatewayId', { Ref: nat });
    },
  },
  {
    ...{ id: 'route-to-internet-gateway', breaks: 'no-path-to-internet' },
    mistake: 'studios’ route to the internet gateway',
    apply(set) {
      set.set('AWS::EC2::Route', /StudiosOut1/, 'VpcEndpointId', undefined);
      const gateway = set.logicalIdOf('AWS::EC2::InternetGateway');
      set.set('AWS::EC2::Route', /StudiosOut1/, 'GatewayId', { Ref: gateway });
    },
  },
  {
    ...{ id: 'public-addresses', breaks: 'subnets-give-no-public-addresses' },
    mistake: 'studios’ subnet gives out public addresses',
    apply: (set) => set.set('AWS::EC2::Subnet', /Isolated0/, 'MapPublicIpOnLaunch', true),
  },
  {
    ...{ id: 'sts-endpoint-missing', breaks: 'studio-endpoints-present' },
    mistake: 'no endpoint for STS',
    apply: (set) => set.remove(endpoint, /Endpointssts/),
  },
  {
    ...{ id: 'logs-endpoint-missing', breaks: 'studio-endpoints-present' },
    mistake: 'no endpoint for CloudWatch Logs',
    apply: (set) => set.remove(endpoint, /Endpointslogs/),
  },
  {
    ...{ id: 'private-dns-off', breaks: 'endpoint-private-dns' },
    mistake: 'private DNS of an endpoint off',
    apply: (set) => set.set(endpoint, /Endpointssagemakerapi/, 'PrivateDnsEnabled', false),
  },
  {
    ...{ id: 'nfs-closed', breaks: 'homes-reachable' },
    mistake: 'NFS (2049) to homes closed',
    apply(set) {
      set.remove('AWS::EC2::SecurityGroupEgress', /HomesOut/);
    },
  },
  {
    ...{ id: 'kernels-closed', breaks: 'kernels-reach-studio' },
    mistake: 'no traffic between studio and kernels',
    apply: (set) => set.remove('AWS::EC2::SecurityGroupIngress', /KernelsIn/),
  },
  {
    ...{ id: 'flow-log-missing', breaks: 'flow-logs' },
    mistake: 'no flow log',
    apply: (set) => set.remove('AWS::EC2::FlowLog'),
  },
  {
    ...{ id: 'flow-log-of-rejects-alone', breaks: 'flow-logs' },
    mistake: 'flow log of rejected traffic alone',
    apply: (set) => set.set('AWS::EC2::FlowLog', /./, 'TrafficType', 'REJECT'),
  },
  {
    ...{ id: 'allow-list-of-amazonaws', breaks: 'allow-list-names-exact' },
    mistake: '“.amazonaws.com” in the allow-list',
    apply: (set) =>
      set.set(
        'AWS::NetworkFirewall::RuleGroup',
        /./,
        'RuleGroup.RulesSource.RulesSourceList.Targets',
        ['pypi.org', '.amazonaws.com'],
      ),
  },
  {
    ...{ id: 'firewall-lets-by', breaks: 'firewall-drops-by-default' },
    mistake: 'firewall that only alerts by default',
    apply: (set) =>
      set.set(
        'AWS::NetworkFirewall::FirewallPolicy',
        /./,
        'FirewallPolicy.StatefulDefaultActions',
        ['aws:alert_established'],
      ),
  },
  {
    ...{ id: 'acl-opens-ssh', breaks: 'network-acls-closed' },
    mistake: 'network ACL that opens SSH to every address',
    apply: (set) =>
      set.add('AWS::EC2::VPC', 'OpenAcl', {
        Type: 'AWS::EC2::NetworkAclEntry',
        Properties: {
          ...{ NetworkAclId: 'acl-0123456789abcdef0', RuleNumber: 100, Egress: false },
          ...{ Protocol: 6, RuleAction: 'allow', CidrBlock: everywhere },
          PortRange: { From: 22, To: 22 },
        },
      }),
  },
];
