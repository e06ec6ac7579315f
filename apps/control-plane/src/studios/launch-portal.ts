import type { App, AppId, Launch, ProfileName } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { InstanceTypeSettings } from './domain-settings.ts';

/** Who wants to be in whose studio, from which console session. */
export interface LaunchRequest {
  readonly visitor: Person;
  readonly profileName: ProfileName;
  readonly sessionId: string;
  /** Of SageMaker's that is to be opened; where studios are on this machine there are none. */
  readonly spaceName?: string | undefined;
}

/**
 * What the console launches and ends, wherever it runs. Two adapters: `Studios` starts sandboxes on this
 * machine, `SageMakerPortal` asks a SageMaker domain (docs/decisions/0031).
 */
export interface LaunchPortal {
  /** When `Ready` it carries a presigned URL, for that profile alone and for a short time. */
  launch(request: LaunchRequest): Launch;
  /**
   * The launch as it is now and then at every change, to its end; only for who asked for it.
   *
   * @throws {StrongroomError} `LaunchNotFound`
   */
  followLaunch(launchId: string, visitorName: ProfileName): AsyncIterable<Launch>;
  /** What runs and what ended within the last day, newest first; everybody's. */
  apps(): Promise<App[]>;
  /**
   * Stops one app; the studio's server takes its kernels with it.
   *
   * @throws {StrongroomError} `AppNotFound`
   */
  stopApp(profileName: ProfileName, appId: AppId): Promise<void>;
  /** The id that AWS gave the domain; absent where studios are on this machine. */
  deployedDomainId?(): Promise<string>;
  /** The instance types that this person's apps may run on now. */
  allowedTypes(profileName: ProfileName): Promise<readonly InstanceTypeSettings[]>;
}
