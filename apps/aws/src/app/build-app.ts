import type { Domain, RenderedPolicy } from '@strongroom/domain';
import { App, Tags } from 'aws-cdk-lib';
import { cohortsOf } from './cohorts.ts';
import { FoundationStack } from './foundation-stack.ts';
import { PeopleStack } from './people-stack.ts';

export interface BuiltApp {
  readonly app: App;
  readonly foundation: FoundationStack;
  readonly people: readonly PeopleStack[];
}

/** The domain as stacks: one for all that is shared, and one for each cohort of people. */
export function buildApp(
  domain: Domain,
  options: {
    readonly own?: readonly RenderedPolicy[];
    readonly outputFolder: string;
    /** By the rules of CloudFormation that the CDK has; where left out, yes. */
    readonly isChecked?: boolean;
  },
): BuiltApp {
  const app = new App({
    outdir: options.outputFolder,
    analyticsReporting: false,
    // The CDK's own rules refuse instead of warning.
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': options.isChecked ?? true,
      'aws:cdk:enable-path-metadata': false,
    },
  });
  const { accountId, region, name } = domain.domain;
  const props = { env: { account: accountId, region }, terminationProtection: true };
  const foundation = new FoundationStack(app, { domain, own: options.own ?? [], props });
  const people = cohortsOf(domain).flatMap((cohort, index) =>
    cohort.length === 0
      ? []
      : [new PeopleStack(app, { domain, cohort: index + 1, people: cohort, foundation, props })],
  );
  Tags.of(app).add('strongroom-domain', name);
  return { app, foundation, people };
}
