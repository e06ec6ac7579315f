import { type AppId, type ProfileName, StrongroomError } from '@strongroom/contracts';
import { systemInstanceType } from '@strongroom/domain';
import type { AuditLog } from '../audit/audit-log.ts';
import { noActor } from '../audit/audit-writer.ts';
import type { People } from '../identity/people.ts';
import type { Person } from '../identity/person.ts';
import { accessDenied } from '../policies/access-denied.ts';
import type { AccessRequest, Authorize } from '../policies/access-request.ts';
import type { AppEnding } from './app-ending.ts';
import { noLongerAllowed } from './app-ending.ts';
import { kernelAppName, serverAppName } from './app-name.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import { Gate } from './gate.ts';
import type { KernelReference } from './kernel-app.ts';
import type { RunningApp } from './running-app.ts';
import { type PreparedKernels, Studio, type StudioOptions } from './studio.ts';
import type { StudioLog } from './studio-log.ts';
import type { StudioRun } from './studio-run.ts';

export interface StudioRegistryOptions {
  readonly people: Pick<People, 'find'>;
  readonly authorize: Authorize;
  readonly audit: Pick<AuditLog, 'accessDenied'>;
  readonly domain: StudioDomain;
  /** What is started ahead of need for this person, as they are now. */
  preparedKernels(profileName: ProfileName): Promise<readonly PreparedKernels[]>;
  readonly log: StudioLog;
  startRun(person: Person, events: Parameters<StudioOptions['startRun']>[0]): Promise<StudioRun>;
}

/** More at once would make each of them slow; the others wait their turn. */
const startsAtOnce = 4;

/** Of an app that is not there: policies may speak of names. */
const anyAppId = '0'.repeat(32) as AppId;

/** Everybody's studio, made at the first use. */
export class StudioRegistry {
  readonly #options: StudioRegistryOptions;
  readonly #studios = new Map<ProfileName, Studio>();
  readonly #startGate = new Gate(startsAtOnce);
  #isClosed = false;

  constructor(options: StudioRegistryOptions) {
    this.#options = options;
  }

  find(profileName: ProfileName): Studio | undefined {
    return this.#studios.get(profileName);
  }

  of(profileName: ProfileName): Studio {
    const known = this.#studios.get(profileName);
    if (known !== undefined) return known;
    const { domain, log, startRun } = this.#options;
    const studio = new Studio({
      ...{ profileName, log },
      hibernateAfterMilliseconds: domain.studios.hibernateAfterMinutes * 60_000,
      preparedKernels: () => this.#options.preparedKernels(profileName),
      startRun: (events) =>
        this.#startGate.run(
          async () => startRun(await this.#allowedOwner(profileName), events),
          events.signal,
        ),
    });
    this.#studios.set(profileName, studio);
    return studio;
  }

  all(): Studio[] {
    return [...this.#studios.values()];
  }

  /**
   * Whether this visitor, as they are now, may open this studio.
   *
   * @throws {StrongroomError} `AccessDenied`, `StudioStopped`
   */
  async requireEntry(visitorName: ProfileName, profileName: ProfileName): Promise<void> {
    const action = 'sagemaker:CreatePresignedDomainUrl';
    const principal = await this.#findPerson(visitorName);
    await this.#require({ principal, action, resource: profileName });
  }

  /**
   * INVARIANT: every start of a studio is decided here, for its owner as they are now.
   *
   * @throws {StrongroomError} `AccessDenied`, `StudioStopped`
   */
  async #allowedOwner(profileName: ProfileName): Promise<Person> {
    const owner = await this.#findPerson(profileName);
    await this.#require({
      ...{ principal: owner, action: 'sagemaker:CreateApp', resource: profileName },
      app: { appType: 'JupyterServer', appName: serverAppName },
      instanceType: systemInstanceType,
    });
    return owner;
  }

  async #require(question: AccessRequest & { readonly resource: ProfileName }): Promise<void> {
    const { authorize, audit } = this.#options;
    const { principal, action, resource } = question;
    const decision = authorize(question);
    if (decision.allowed) return;
    await audit.accessDenied(
      { ...noActor, profileName: principal.profileName },
      { action, resource },
      decision,
    );
    throw accessDenied(decision, { action, profileName: resource });
  }

  async #findPerson(profileName: ProfileName): Promise<Person> {
    const person = await this.#options.people.find(profileName);
    if (!this.#isClosed && person !== undefined) return person;
    throw new StrongroomError('StudioStopped', 'The studio was stopped');
  }

  /** What policy no longer allows ends, with its kernels and terminals. */
  async review(): Promise<void> {
    await Promise.all(
      [...this.#studios.entries()].map(async ([profileName, studio]) => {
        if (!studio.isActive) return;
        try {
          await this.#allowedOwner(profileName);
          await this.requireEntry(profileName, profileName);
        } catch {
          await this.end(profileName, noLongerAllowed.reason);
          return;
        }
        await studio.run?.reviewKernels();
      }),
    );
  }

  /**
   * Whether this studio may have this kernel now: both its owner and the role that the kernel will
   * act as must be allowed to create it.
   *
   * @throws {StrongroomError} `AccessDenied`, `StudioStopped`
   */
  async requireKernel(
    profileName: ProfileName,
    { appName, instanceType, imageName }: KernelReference,
  ): Promise<void> {
    const action = 'sagemaker:CreateApp';
    const app = { appType: 'KernelGateway', appName } as const;
    const principal = await this.#findPerson(profileName);
    const kernel = { app, instanceType, imageName };
    const question = { principal, action, resource: profileName, ...kernel } as const;
    await this.#require({ ...question, actingAs: 'person' });
    await this.#require({ ...question, actingAs: 'execution-role' });
  }

  /** Of a kernel that was refused before policies could be asked. @throws {StrongroomError} `AuditUnavailable` */
  recordKernelDenial(profileName: ProfileName, rule: string): Promise<void> {
    const question = { action: 'sagemaker:CreateApp', resource: profileName } as const;
    return this.#options.audit.accessDenied({ ...noActor, profileName }, question, { rule });
  }

  /**
   * The instance types that a kernel of this person may run on now, `system` never. Nothing is recorded:
   * it is asked to show what there is, and each start is decided anew.
   */
  async allowedTypes(profileName: ProfileName): Promise<readonly InstanceTypeSettings[]> {
    const principal = await this.#options.people.find(profileName);
    if (principal === undefined) return [];
    const { domain, authorize } = this.#options;
    return domain.instanceTypes.filter(({ instanceType }) => {
      if (instanceType === systemInstanceType) return false;
      const appName = kernelAppName(domain.defaults.imageName, instanceType, anyAppId);
      const app = { appType: 'KernelGateway', appName } as const;
      const action = 'sagemaker:CreateApp';
      const question = { principal, action, resource: profileName, app, instanceType } as const;
      return (
        authorize({ ...question, actingAs: 'person' }).allowed &&
        authorize({ ...question, actingAs: 'execution-role' }).allowed
      );
    });
  }

  /** @throws {StrongroomError} `AppNotFound` */
  async endApp(profileName: ProfileName, appId: AppId, ending: AppEnding): Promise<void> {
    const isEnded = await this.find(profileName)?.endApp(appId, ending);
    if (isEnded === true) return;
    throw new StrongroomError('AppNotFound', 'This app does not run (any more)');
  }

  async end(profileName: ProfileName, reason: string): Promise<void> {
    await this.find(profileName)?.stop(reason, { byPerson: true });
  }

  async remove(profileName: ProfileName, reason: string): Promise<void> {
    await this.end(profileName, reason);
    this.#studios.delete(profileName);
  }

  async close(reason: string): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.all().map((studio) => studio.stop(reason, { byPerson: false })));
  }

  runningApps(profileName?: ProfileName): RunningApp[] {
    const studios = profileName === undefined ? this.all() : [this.find(profileName)];
    return studios.flatMap((studio) => studio?.run?.runningApps() ?? []);
  }

  /** Bytes in use by what runs, by app. */
  async measureMemory(): Promise<ReadonlyMap<string, number>> {
    const measured = await Promise.all(
      this.runningApps().map(async ({ appId, sandbox }) => {
        const usage = await sandbox?.usage().catch(() => undefined);
        return usage === undefined ? [] : [[appId, usage.memoryBytes] as const];
      }),
    );
    return new Map(measured.flat());
  }
}
