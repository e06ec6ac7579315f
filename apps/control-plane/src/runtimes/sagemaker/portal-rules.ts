import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import { systemInstanceType } from '@strongroom/domain';
import type { AuditLog } from '../../audit/audit-log.ts';
import { noActor } from '../../audit/audit-writer.ts';
import type { People } from '../../identity/people.ts';
import type { Person } from '../../identity/person.ts';
import { accessDenied } from '../../policies/access-denied.ts';
import type { AccessRequest, Authorize, Decision } from '../../policies/access-request.ts';
import type { InstanceTypeSettings, StudioDomain } from '../../studios/domain-settings.ts';
import type { KernelReference } from '../../studios/kernel-app.ts';
import { spaceAppName } from './app-directory.ts';
import type { SageMakerSpace } from './space-directory.ts';

export interface PortalRulesOptions {
  readonly domain: () => Pick<StudioDomain, 'instanceTypes' | 'defaults'>;
  readonly people: Pick<People, 'find'>;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied' | 'spaces'>;
  /** @throws {StrongroomError} `BudgetReached` */
  readonly requireMeans: (profileName: ProfileName, kernel: KernelReference) => Promise<void>;
}

/** What one opens on AWS is opened as its owner: nothing of SageMaker's tells two people of one profile apart. */
const onlyOwn: Decision = {
  ...{ allowed: false, rule: 'own-profile-on-aws' },
  sentence: 'On AWS a studio is opened by its owner alone.',
  koreanSentence: 'AWS에서는 스튜디오를 소유자 본인만 열 수 있습니다.',
};

const spaceApp = { appType: 'JupyterLab', appName: spaceAppName } as const;

/**
 * Who may open and start what, by the domain's policies as they are at that moment. INVARIANT: nothing is
 * presigned or started that was not decided here.
 */
export class PortalRules {
  readonly #options: PortalRulesOptions;

  constructor(options: PortalRulesOptions) {
    this.#options = options;
  }

  /** @throws {StrongroomError} `AccessDenied`, `StudioStopped` */
  async requireEntry(visitorName: ProfileName, profileName: ProfileName): Promise<void> {
    const principal = await this.#findPerson(visitorName);
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const question = { principal, action, resource: profileName } as const;
    await this.#require(question);
    if (visitorName !== profileName) await this.#refuse(question, onlyOwn);
  }

  /**
   * Answers the size that the space's app is to start on.
   *
   * @throws {StrongroomError} `AccessDenied`, `StudioStopped`, `BudgetReached`, `InstanceTypeUnavailable`
   */
  async requireStart({ profileName, instanceType, spaceName }: SageMakerSpace): Promise<string> {
    const { domain, requireMeans, audit } = this.#options;
    const type = instanceType ?? domain().defaults.instanceType;
    const principal = await this.#findPerson(profileName);
    const action = 'sagemaker:CreateApp';
    await this.#require({
      ...{ principal, action, resource: profileName, app: spaceApp, instanceType: type },
    });
    await this.requireType(profileName, type);
    const kernel = {
      appName: spaceName,
      instanceType: type,
      imageName: domain().defaults.imageName,
    };
    await requireMeans(profileName, kernel);
    await audit.spaces.started({ target: profileName, spaceName, instanceType: type });
    return type;
  }

  /** The last look before the address is made. @throws {StrongroomError} as `requireEntry` */
  async requirePresign(
    visitorName: ProfileName,
    profileName: ProfileName,
    presigned: { readonly spaceName: string | undefined; readonly seconds: number },
  ): Promise<void> {
    await this.requireEntry(visitorName, profileName);
    await this.#options.audit.spaces.presigned(profileName, presigned);
  }

  /** @throws {StrongroomError} `InstanceTypeUnavailable` */
  async requireType(profileName: ProfileName, instanceType: string): Promise<void> {
    const allowed = await this.allowedTypes(profileName);
    if (allowed.some((each) => each.instanceType === instanceType)) return;
    throw new StrongroomError(
      'InstanceTypeUnavailable',
      `Cannot use "${instanceType}": the domain file or a policy keeps it from "${profileName}"`,
      { remedy: 'Choose one of the sizes that are offered', values: { instanceType } },
    );
  }

  /** `system` never: it is the size of SageMaker's own servers. */
  async allowedTypes(profileName: ProfileName): Promise<readonly InstanceTypeSettings[]> {
    const principal = await this.#options.people.find(profileName);
    if (principal === undefined) return [];
    const { domain, authorize } = this.#options;
    return domain().instanceTypes.filter(({ instanceType }) => {
      if (instanceType === systemInstanceType) return false;
      const action = 'sagemaker:CreateApp';
      const question = { principal, action, resource: profileName, app: spaceApp, instanceType };
      return authorize(question as AccessRequest).allowed;
    });
  }

  async #require(question: AccessRequest & { readonly resource: ProfileName }): Promise<void> {
    const decision = this.#options.authorize(question);
    if (!decision.allowed) await this.#refuse(question, decision);
  }

  async #refuse(
    { principal, action, resource }: AccessRequest & { readonly resource: ProfileName },
    decision: Decision,
  ): Promise<never> {
    const actor = { ...noActor, profileName: principal.profileName };
    await this.#options.audit.accessDenied(actor, { action, resource }, decision);
    throw accessDenied(decision, { action, profileName: resource });
  }

  async #findPerson(profileName: ProfileName): Promise<Person> {
    const person = await this.#options.people.find(profileName);
    if (person !== undefined) return person;
    throw new StrongroomError('StudioStopped', 'The studio was stopped');
  }
}
