import {
  type Domain,
  type DomainPerson,
  domainArns,
  executionRoleTrust,
  profileTag,
} from '@strongroom/domain';
import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { addBudget } from '../observability/budget.ts';
import { Person } from '../studio/person.ts';
import type { FoundationStack } from './foundation-stack.ts';
import { peopleStackName } from './names.ts';

/** The people of one cohort, each with what is theirs alone. */
export class PeopleStack extends Stack {
  constructor(
    scope: Construct,
    options: {
      domain: Domain;
      cohort: number;
      people: readonly DomainPerson[];
      foundation: FoundationStack;
      props: StackProps;
    },
  ) {
    const { domain, cohort, people, foundation, props } = options;
    super(scope, peopleStackName(domain, cohort), props);
    const arns = domainArns(domain);
    const trust = executionRoleTrust(domain.domain.accountId);
    for (const person of people) {
      const { profileName } = person;
      const document = foundation.policies.executionRoles.get(profileName);
      if (document === undefined) continue;
      new Person(this, {
        ...{ person, trust, document, roleArn: arns.executionRole(profileName) },
        ...{ domainId: foundation.domainId, authMode: domain.aws.authMode },
        ...{ boundaryArn: foundation.roles.boundaryArn, securityGroupId: foundation.studioGroupId },
        policyArns: foundation.roles.executionPolicyArns,
        spaceGibibytes: domain.aws.spaceGibibytes,
      });
      const monthlyAmount = budgetOf(domain, person);
      if (monthlyAmount === undefined) continue;
      addBudget(this, {
        ...{ id: `budget-${profileName}`, monthlyAmount, tag: profileTag, value: profileName },
        budgetName: `strongroom-${domain.domain.name}-${profileName}`,
        topicArn: foundation.topicArn,
      });
    }
  }
}

function budgetOf({ budgets }: Domain, { profileName }: DomainPerson): number | undefined {
  const named = budgets.people.find((budget) => budget.profileName === profileName);
  return named?.monthlyAmount ?? budgets.perPerson;
}
