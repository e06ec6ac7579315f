import {
  type AccessMatrix,
  type ProfileName,
  type Simulation,
  type SimulationRequest,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { type Action, resourceKindOfAction, systemInstanceType } from '@strongroom/domain';
import {
  type ConditionReport,
  evaluate,
  type Decision as IamDecision,
  type StatementReport,
} from '@strongroom/policy';
import type { Clock } from '../clock.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import { kernelAppName, newAppId, serverAppName } from '../studios/app-name.ts';
import type { AppReference, Authorize } from './access-request.ts';
import { refuseDisabled, toDecision } from './authorize.ts';
import { instanceTypesKey, toIamRequest } from './iam-request.ts';
import type { PolicyBook } from './policy-book.ts';

export interface SimulatorOptions {
  readonly domain: () => Domain;
  readonly people: People;
  readonly book: PolicyBook;
  readonly authorize: Authorize;
  readonly clock: Clock;
}

/** Answers as a decision would, on the same policies, without doing anything. */
export class Simulator {
  readonly #options: SimulatorOptions;

  constructor(options: SimulatorOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} `ProfileNotFound`, `InvalidRequest` */
  async simulate(asked: SimulationRequest): Promise<Simulation> {
    const { domain, book, clock } = this.#options;
    const person = await this.#find(asked.profileName);
    const { profileName } = person;
    const acting =
      asked.actingAs === 'notebook'
        ? ({ kind: 'execution-role', profileName } as const)
        : ({ kind: 'person', person } as const);
    const { action, resource } = asked;
    const { app, context } = completed(asked, domain());
    const request = toIamRequest(domain(), {
      ...{ acting, action, resource, context, now: clock() },
      ...(app === undefined ? {} : { app }),
    });
    const decided = evaluate(request, {
      ...book.policiesOf(acting),
      ...(asked.endpoint === undefined ? {} : book.endpointPoliciesOf(asked.endpoint)),
      ...bucketPoliciesOf(book, resource),
    });
    const decision = person.disabled ? refuseDisabled(profileName) : toDecision(decided);
    return {
      allowed: decision.allowed,
      effect: person.disabled ? 'explicit-deny' : decided.effect,
      rule: decision.rule,
      sentence: { english: decision.sentence, korean: decision.koreanSentence },
      principalArn: 'arn' in request.principal ? request.principal.arn : '*',
      action,
      resourceArn: request.resource.arn,
      statements: statementsOf(decided),
    };
  }

  /** @throws {StrongroomError} `ProfileNotFound` */
  async matrix(resource: ProfileName): Promise<AccessMatrix> {
    await this.#find(resource);
    const { people, authorize, domain } = this.#options;
    const actions = Object.keys(resourceKindOfAction) as Action[];
    const everybody = await people.list();
    return {
      resource,
      actions,
      people: everybody.map((principal) => ({
        ...{ profileName: principal.profileName, displayName: principal.displayName },
        ...{ role: principal.role, disabled: principal.disabled },
        decisions: actions.map((action) => {
          const about = resourceKindOfAction[action] === 'app' ? usualApp('person', domain()) : {};
          const { allowed, rule } = authorize({ principal, action, resource, ...about });
          return { allowed, rule };
        }),
      })),
    };
  }

  async #find(profileName: string): Promise<Person> {
    const person = await this.#options.people.find(profileName);
    if (person !== undefined) return person;
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`, {
      values: { profileName },
    });
  }
}

/** The domain's policy of the bucket has a say too; one that was set on it is not looked at here. */
function bucketPoliciesOf(book: PolicyBook, resource: string) {
  const [, bucket] = /^arn:aws:s3:::([a-z0-9.-]+)/.exec(resource) ?? [];
  return bucket === undefined ? {} : book.bucketPoliciesOf(bucket);
}

/** The question with what a real one of its kind would say as well. */
function completed(
  { action, actingAs = 'person', resource, context = {} }: SimulationRequest,
  domain: Domain,
): { app?: AppReference; context: NonNullable<SimulationRequest['context']> } {
  requireKeysOnce(context);
  if (action.startsWith('s3:')) return { context: completedForStorage(context, domain) };
  if (resourceKindOfAction[action as Action] !== 'app') return { context };
  const isNotebook = actingAs === 'notebook' || resource.includes('/KernelGateway/');
  const { app, instanceType } = usualApp(isNotebook ? 'notebook' : 'person', domain);
  const isSized = Object.keys(context).some(
    (key) => key.toLowerCase() === instanceTypesKey.toLowerCase(),
  );
  if (action !== 'sagemaker:CreateApp' || isSized) return { app, context };
  return { app, context: { ...context, [instanceTypesKey]: [instanceType] } };
}

/** Buckets are the account's own unless the question says otherwise. */
function completedForStorage(
  context: NonNullable<SimulationRequest['context']>,
  { domain }: Domain,
): NonNullable<SimulationRequest['context']> {
  const isSaid = Object.keys(context).some((key) => key.toLowerCase() === 's3:resourceaccount');
  return isSaid ? context : { ...context, 's3:ResourceAccount': domain.accountId };
}

/** People start their studio's server; notebooks start kernels. */
function usualApp(
  actingAs: 'person' | 'notebook',
  { defaults: { imageName, instanceType } }: Domain,
): { app: AppReference; instanceType: string } {
  if (actingAs === 'person') {
    const app = { appType: 'JupyterServer', appName: serverAppName } as const;
    return { app, instanceType: systemInstanceType };
  }
  const appName = kernelAppName(imageName, instanceType, newAppId());
  return { app: { appType: 'KernelGateway', appName }, instanceType };
}

/** Condition keys are not case-sensitive: one that is given twice has no certain meaning. */
function requireKeysOnce(context: object): void {
  const seen = new Set<string>();
  for (const key of Object.keys(context)) {
    if (seen.has(key.toLowerCase())) {
      const said = `Cannot use the request: context: "${key}" is given twice, in different case`;
      throw new StrongroomError('InvalidRequest', said, { values: { field: 'context' } });
    }
    seen.add(key.toLowerCase());
  }
}

function statementsOf({ statements, nearMisses }: IamDecision): Simulation['statements'] {
  return [
    ...statements.map((report) => describe(report, true, report.conditions)),
    ...nearMisses.map((report) => describe(report, false, report.failed)),
  ];
}

function describe(
  { policy, statement, effect }: StatementReport,
  applied: boolean,
  conditions: readonly ConditionReport[],
): Simulation['statements'][number] {
  return {
    ...{ policy, statement, effect, applied },
    conditions: conditions.map(({ operator, key, wanted, seen }) => ({
      ...{ operator, key, wanted: [...wanted] },
      seen: seen === undefined ? null : [...seen],
    })),
  };
}
