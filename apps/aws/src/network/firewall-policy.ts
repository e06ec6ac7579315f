import type { Domain } from '@strongroom/domain';
import { CfnFirewallPolicy, CfnRuleGroup } from 'aws-cdk-lib/aws-networkfirewall';
import type { Construct } from 'constructs';

/** Rules that a group may have; it cannot be changed later, so it is the most that a domain file can name. */
const capacity = 10_000;

/**
 * Exactly the server names of the allow-lists, whatever address they have, and nothing else (AWS Network
 * Firewall Developer Guide, "Stateful domain list rule groups"). `*.name` is `.name` there.
 */
export function firewallPolicy(scope: Construct, { domain, egress }: Domain): CfnFirewallPolicy {
  const names = [...new Set(egress.allowLists.flatMap((list) => list.names))].sort();
  const group = new CfnRuleGroup(scope, 'AllowedNames', {
    ...{ ruleGroupName: `strongroom-${domain.name}-names`, type: 'STATEFUL', capacity },
    ruleGroup: {
      rulesSource: {
        rulesSourceList: {
          generatedRulesType: 'ALLOWLIST',
          targetTypes: ['TLS_SNI', 'HTTP_HOST'],
          targets: names.map((name) => name.replace(/^\*/, '')),
        },
      },
      statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
    },
  });
  return new CfnFirewallPolicy(scope, 'FirewallPolicy', {
    firewallPolicyName: `strongroom-${domain.name}`,
    firewallPolicy: {
      statelessDefaultActions: ['aws:forward_to_sfe'],
      statelessFragmentDefaultActions: ['aws:drop'],
      statefulDefaultActions: ['aws:drop_established', 'aws:alert_established'],
      statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'DROP' },
      statefulRuleGroupReferences: [{ resourceArn: group.attrRuleGroupArn, priority: 1 }],
    },
  });
}
