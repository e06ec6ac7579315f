import type { Domain } from '@strongroom/domain';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSubscription, CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

const periodSeconds = 300;

/** What somebody must look at, each as CloudTrail writes it. */
const watched: readonly (readonly [name: string, pattern: string, description: string])[] = [
  [
    'KeyTakenAway',
    '{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion) || ($.eventName = PutKeyPolicy)) }',
    'A key was disabled or scheduled for deletion, or its policy changed',
  ],
  [
    'BucketPolicyChanged',
    '{ ($.eventSource = s3.amazonaws.com) && (($.eventName = PutBucketPolicy) || ($.eventName = DeleteBucketPolicy) || ($.eventName = PutBucketPublicAccessBlock)) }',
    "A bucket's policy or public access block changed",
  ],
  [
    'StudioRefused',
    '{ ($.eventName = CreatePresignedDomainUrl) && ($.errorCode = "AccessDenied*") }',
    'Somebody tried to open a studio that is not theirs, or from outside',
  ],
  [
    'NetworkChanged',
    '{ ($.eventName = CreateRoute) || ($.eventName = AttachInternetGateway) || ($.eventName = AuthorizeSecurityGroupEgress) || ($.eventName = ModifyVpcEndpoint) || ($.eventName = DeleteFlowLogs) }',
    'The network changed: a route, a gateway, a group or an endpoint',
  ],
  [
    'TrailStopped',
    '{ ($.eventSource = cloudtrail.amazonaws.com) && (($.eventName = StopLogging) || ($.eventName = DeleteTrail) || ($.eventName = UpdateTrail)) }',
    'The audit trail was stopped or changed',
  ],
];

/** Alarms over the trail, to a sealed topic that budgets write to as well. */
export class Alarms extends Construct {
  readonly topicArn: string;

  constructor(
    scope: Construct,
    {
      domain,
      logGroupName,
      logKeyArn,
    }: { domain: Domain; logGroupName: string; logKeyArn: string },
  ) {
    super(scope, 'Alarms');
    const topic = new CfnTopic(this, 'Topic', {
      ...{ topicName: `strongroom-${domain.domain.name}-alarms`, kmsMasterKeyId: logKeyArn },
    });
    this.topicArn = topic.ref;
    new CfnTopicPolicy(this, 'TopicPolicy', {
      topics: [topic.ref],
      policyDocument: topicPolicy(topic.ref, domain.domain.accountId),
    });
    if (domain.aws.alarmAddress !== undefined) {
      new CfnSubscription(this, 'Subscription', {
        ...{ topicArn: topic.ref, protocol: 'email', endpoint: domain.aws.alarmAddress },
      });
    }
    const metricNamespace = `Strongroom/${domain.domain.name}`;
    for (const [metricName, filterPattern, alarmDescription] of watched) {
      new CfnMetricFilter(this, `${metricName}Filter`, {
        ...{ logGroupName, filterPattern },
        metricTransformations: [{ metricName, metricNamespace, metricValue: '1', defaultValue: 0 }],
      });
      new CfnAlarm(this, `${metricName}Alarm`, {
        alarmName: `strongroom-${domain.domain.name}-${metricName}`,
        ...{ alarmDescription, metricName, namespace: metricNamespace, statistic: 'Sum' },
        ...{ period: periodSeconds, evaluationPeriods: 1, threshold: 1 },
        comparisonOperator: 'GreaterThanOrEqualToThreshold',
        ...{ treatMissingData: 'notBreaching', alarmActions: [topic.ref] },
      });
    }
  }
}

function topicPolicy(topicArn: string, accountId: string) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        ...{ Sid: 'OnlyOverTls', Effect: 'Deny', Principal: '*', Action: 'sns:Publish' },
        ...{ Resource: topicArn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
      },
      {
        ...{ Sid: 'AlarmsAndBudgetsOfTheAccount', Effect: 'Allow', Action: 'sns:Publish' },
        Principal: { Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com'] },
        ...{ Resource: topicArn, Condition: { StringEquals: { 'aws:SourceAccount': accountId } } },
      },
    ],
  };
}
