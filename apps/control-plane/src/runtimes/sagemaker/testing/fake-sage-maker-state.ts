/** What a fake domain holds, in the shapes of SageMaker's own answers (times in seconds since 1970). */
export interface FakeSpace {
  readonly SpaceName: string;
  readonly owner: string;
  readonly sharingType: string;
  instanceType: string | undefined;
  readonly CreationTime: number;
  Status: 'Pending' | 'InService' | 'Deleting' | 'Failed';
  FailureReason?: string;
}

export interface FakeApp {
  readonly SpaceName: string;
  readonly AppType: string;
  readonly AppName: string;
  readonly instanceType: string;
  readonly CreationTime: number;
  Status: 'Pending' | 'InService' | 'Deleting' | 'Deleted' | 'Failed';
  FailureReason?: string;
  LastHealthCheckTimestamp?: number;
}

export interface FakeProfile {
  readonly UserProfileName: string;
  readonly Status: 'Pending' | 'InService' | 'Failed';
  readonly FailureReason?: string;
}

/** A refusal in SageMaker's words. */
export class FakeRefusal extends Error {
  override readonly name = 'FakeRefusal';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

type Input = Readonly<Record<string, unknown>>;

export interface FakeDomainNames {
  readonly domainId: string;
  readonly domainName: string;
  readonly region: string;
  readonly accountId: string;
}

/** One domain with its profiles, spaces and apps, and the rules of SageMaker's that the portal meets. */
export class FakeSageMakerState {
  readonly names: FakeDomainNames;
  readonly profiles = new Map<string, FakeProfile>();
  readonly spaces = new Map<string, FakeSpace>();
  readonly apps: FakeApp[] = [];
  now: () => number = () => Date.now() / 1000;

  constructor(names: FakeDomainNames, profileNames: readonly string[]) {
    this.names = names;
    for (const UserProfileName of profileNames) {
      this.profiles.set(UserProfileName, { UserProfileName, Status: 'InService' });
    }
  }

  arn(kind: string, ...parts: readonly string[]): string {
    const { region, accountId, domainId } = this.names;
    return `arn:aws:sagemaker:${region}:${accountId}:${[kind, domainId, ...parts].join('/')}`;
  }

  space(name: unknown): FakeSpace {
    const found = this.spaces.get(String(name));
    if (found !== undefined) return found;
    throw new FakeRefusal('ResourceNotFound', `Space [${name}] does not exist`);
  }

  /** The newest of that name: names are used again once the app before is gone. */
  app({ SpaceName, AppType, AppName }: Input): FakeApp {
    const found = this.apps.findLast(
      (app) => app.SpaceName === SpaceName && app.AppType === AppType && app.AppName === AppName,
    );
    if (found !== undefined) return found;
    throw new FakeRefusal('ResourceNotFound', `App [${AppName}] does not exist`);
  }

  /** What is on its way arrives; `failure`: it does not. */
  settle(failure?: string): void {
    for (const each of [...this.spaces.values(), ...this.apps]) {
      if (each.Status === 'Pending' && failure !== undefined) {
        each.Status = 'Failed';
        each.FailureReason = failure;
      } else if (each.Status === 'Pending') each.Status = 'InService';
    }
    for (const app of this.apps) if (app.Status === 'Deleting') app.Status = 'Deleted';
    for (const [name, space] of this.spaces) {
      if (space.Status === 'Deleting') this.spaces.delete(name);
    }
  }
}
