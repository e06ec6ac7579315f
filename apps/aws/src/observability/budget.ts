import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';

/** Percent of the amount, in the order in which they are told. */
const thresholds = [80, 100];

/** A month's amount for what has a tag: a team or a person (AWS Cost Management, "Managing your costs with AWS Budgets"). */
export function addBudget(
  scope: Construct,
  options: {
    readonly id: string;
    readonly budgetName: string;
    readonly monthlyAmount: number;
    readonly tag: string;
    readonly value: string;
    readonly topicArn: string;
  },
): void {
  const { id, budgetName, monthlyAmount, tag, value, topicArn } = options;
  new CfnBudget(scope, id, {
    budget: {
      ...{ budgetName, budgetType: 'COST', timeUnit: 'MONTHLY' },
      budgetLimit: { amount: monthlyAmount, unit: 'USD' },
      costFilters: { TagKeyValue: [`user:${tag}$${value}`] },
    },
    notificationsWithSubscribers: thresholds.map((threshold) => ({
      notification: {
        ...{ notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN' },
        ...{ threshold, thresholdType: 'PERCENTAGE' },
      },
      subscribers: [{ subscriptionType: 'SNS', address: topicArn }],
    })),
  });
}
