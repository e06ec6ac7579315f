import { type Resolved, Unknown } from '../resolve/unknown.ts';

const allow = (Action: string | readonly string[]): Resolved => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});

/**
 * Of AWS's own managed policies, the few whose whole text matters and seldom changes (AWS Managed
 * Policy Reference Guide). All others are unknown: AWS changes them when it likes.
 */
const texts: ReadonlyMap<string, Resolved> = new Map([
  ['AdministratorAccess', allow('*')],
  [
    'service-role/AWSLambdaBasicExecutionRole',
    allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']),
  ],
  [
    'service-role/AWSLambdaVPCAccessExecutionRole',
    allow([
      ...['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces'],
      ...['ec2:DescribeSubnets', 'ec2:DeleteNetworkInterface'],
      ...['ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
    ]),
  ],
]);

const managedArn = /^arn:aws[a-z-]*:iam::aws:policy\/(.+)$/;

export function awsManagedPolicyName(arn: string): string | undefined {
  return managedArn.exec(arn)?.[1];
}

export function awsManagedPolicy(arn: string): Resolved {
  const name = awsManagedPolicyName(arn);
  return (
    texts.get(name ?? '') ??
    new Unknown({
      english: `the text of "${arn}" is not in the template`,
      korean: `"${arn}"의 내용이 템플릿에 없습니다`,
    })
  );
}
