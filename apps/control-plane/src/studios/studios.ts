import type { Readable } from 'node:stream';
import type { App, AppId, FileList, Launch, ProfileName } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { AppEnding } from './app-ending.ts';
import type { InstanceTypeSettings } from './domain-settings.ts';
import type { NotebookRun, NotebookRunRequest } from './notebook-run.ts';
import type { RedeemedUrl } from './presigned-urls.ts';
import type { RunningApp } from './running-app.ts';
import type { StartCause } from './studio.ts';

/** A file of a home, read by a sandbox; destroying the stream ends that sandbox. */
export interface HomeFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly stream: Readable;
}

/** Who wants to be in whose studio, from which console session. */
export interface LaunchRequest {
  readonly visitor: Person;
  readonly profileName: ProfileName;
  readonly sessionId: string;
}

/** Keeps a studio from hibernating until it is left. */
export interface StudioVisit {
  /** The unix socket that this studio's agent answers on. */
  readonly socketPath: string;
  leave(): void;
}

/** Every person's studio: what runs in it, who starts it and when it ends. */
export interface Studios {
  /** Starts a studio or finds it running. When `Ready` it carries a presigned URL bound to the console session. */
  launch(request: LaunchRequest): Launch;
  /**
   * The launch as it is now and then at every change, to its end; only for who asked for it.
   *
   * @throws {StrongroomError} `LaunchNotFound`
   */
  followLaunch(launchId: string, visitorName: ProfileName): AsyncIterable<Launch>;
  /** At sign-in: starts ahead of need what the domain file says. Errors are only logged. */
  prestart(profileName: ProfileName): void;
  /** What runs and what ended within the last day, newest first; everybody's. */
  apps(): Promise<App[]>;
  /**
   * Stops one app; the studio's server takes its kernels with it.
   *
   * @throws {StrongroomError} `AppNotFound`
   */
  stopApp(profileName: ProfileName, appId: AppId): Promise<void>;
  /**
   * The same by a rule or from elsewhere than the console; the person in the notebook is told.
   *
   * @throws {StrongroomError} `AppNotFound`
   */
  endApp(profileName: ProfileName, appId: AppId, ending: AppEnding): Promise<void>;
  /** What runs, starts, waits or ends at this moment; everybody's, or one person's. */
  runningApps(profileName?: ProfileName): readonly RunningApp[];
  /** The instance types that this person's kernels may run on now. */
  allowedTypes(profileName: ProfileName): Promise<readonly InstanceTypeSettings[]>;
  /** Ends each studio whose owner may no longer open it or run it. */
  review(): Promise<void>;
  /** Ends everything of a studio. `reason`: one English sentence, shown with its apps. */
  endStudio(profileName: ProfileName, reason: string): Promise<void>;
  /** @throws {StrongroomError} `FileNotFound`, `FileRefused`, `SandboxUnavailable` */
  listFiles(person: Person, path: string): Promise<FileList>;
  /** @throws {StrongroomError} `FileNotFound`, `FileRefused`, `SandboxUnavailable` */
  readFile(person: Person, path: string): Promise<HomeFile>;
  /**
   * A new file in the home itself, never over another; returns the name that was free.
   *
   * @throws {StrongroomError} `FileRefused`, `DiskFull`, `SandboxUnavailable`
   */
  writeNewFile(person: Person, name: string, bytes: Uint8Array): Promise<string>;
  /**
   * Runs a notebook without a page, in the owner's studio, which is started where it must be.
   *
   * @throws {StrongroomError} `AccessDenied`, `StudioStopped`, `ServerDidNotStart`, `SandboxUnavailable`, `DiskFull`
   */
  runNotebook(asked: NotebookRunRequest): Promise<NotebookRun>;
  /**
   * For the gateway: waits until the studio serves requests, starting it where it must be.
   *
   * @throws {StrongroomError} `StudioStopped`, `ServerDidNotStart`, `SandboxUnavailable`, `DiskFull`
   */
  visit(person: Person, cause: StartCause): Promise<StudioVisit>;
  /**
   * For the gateway: spends a presigned URL's token.
   *
   * @throws {StrongroomError} `PresignedUrlInvalid`, `PresignedUrlUsed`, `PresignedUrlExpired`
   */
  redeemPresignedUrl(token: string, profileName: ProfileName): Promise<RedeemedUrl>;
  close(): Promise<void>;
}
