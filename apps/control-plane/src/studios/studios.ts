import type { Readable } from 'node:stream';
import type { AppId, FileList, ProfileName } from '@strongroom/contracts';
import type { Person } from '../identity/person.ts';
import type { AppEnding } from './app-ending.ts';
import type { LaunchPortal } from './launch-portal.ts';
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

/** Keeps a studio from hibernating until it is left. */
export interface StudioVisit {
  /** The unix socket that this studio's agent answers on. */
  readonly socketPath: string;
  leave(): void;
}

/** Every person's studio: what runs in it, who starts it and when it ends. */
export interface Studios extends LaunchPortal {
  /** At sign-in: starts ahead of need what the domain file says. Errors are only logged. */
  prestart(profileName: ProfileName): void;
  /**
   * Stops one app by a rule or from elsewhere than the console; the person in the notebook is told.
   *
   * @throws {StrongroomError} `AppNotFound`
   */
  endApp(profileName: ProfileName, appId: AppId, ending: AppEnding): Promise<void>;
  /** What runs, starts, waits or ends at this moment; everybody's, or one person's. */
  runningApps(profileName?: ProfileName): readonly RunningApp[];
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
  /** As soon as it is known: what ends before `close` comes to it has not failed. */
  beginClosing(): void;
  close(): Promise<void>;
}
