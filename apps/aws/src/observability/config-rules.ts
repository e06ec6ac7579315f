import { CfnConfigRule } from 'aws-cdk-lib/aws-config';
import type { Construct } from 'constructs';

/** AWS's own rules that watch what a deployed domain must keep (AWS Config, "List of AWS Config Managed Rules"). */
const rules = [
  'VPC_DEFAULT_SECURITY_GROUP_CLOSED',
  'VPC_FLOW_LOGS_ENABLED',
  'S3_BUCKET_PUBLIC_READ_PROHIBITED',
  'S3_BUCKET_PUBLIC_WRITE_PROHIBITED',
  'S3_BUCKET_SSL_REQUESTS_ONLY',
  'CMK_BACKING_KEY_ROTATION_ENABLED',
  'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED',
  'IAM_POLICY_NO_STATEMENTS_WITH_ADMIN_ACCESS',
  'SAGEMAKER_DOMAIN_IN_VPC',
];

/** Only where the domain file asks for it: the account must have a recorder of AWS Config. */
export function addConfigRules(scope: Construct, domainName: string): void {
  for (const sourceIdentifier of rules) {
    new CfnConfigRule(scope, `rule-${sourceIdentifier}`, {
      configRuleName: `strongroom-${domainName}-${sourceIdentifier.toLowerCase().replaceAll('_', '-')}`,
      source: { owner: 'AWS', sourceIdentifier },
    });
  }
}
