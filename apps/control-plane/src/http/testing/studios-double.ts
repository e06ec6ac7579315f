import { Readable } from 'node:stream';
import type { App, AppId, FileList, Launch, ProfileName } from '@strongroom/contracts';
import { StrongroomError } from '@strongroom/contracts';
import type { Person } from '../../identity/person.ts';
import type { InstanceTypeSettings } from '../../studios/domain-settings.ts';
import type { LaunchRequest } from '../../studios/launch-portal.ts';
import type { RunningApp } from '../../studios/running-app.ts';
import type { Studios } from '../../studios/studios.ts';

export const knownAppId = 'a'.repeat(32) as AppId;
export const knownLaunchId = 'b'.repeat(32);

/** Stands in for the studios where the console's own behaviour is what a test is about. */
export class StudiosDouble implements Studios {
  readonly calls: string[] = [];
  launchState: Launch['state'] = 'Ready';
  fileContent: Buffer = Buffer.from('content');
  announcedSizeBytes: number | undefined;
  fileName = 'notes.txt';
  /** Instead of `fileContent`. */
  fileStream: Readable | undefined;
  /** What a launch waits for once it runs. */
  launchGate: Promise<void> | undefined;
  failure: unknown;

  launch({ profileName, sessionId }: LaunchRequest): Launch {
    this.calls.push(`launch ${profileName} ${sessionId}`);
    if (this.failure !== undefined) throw this.failure;
    return launchOf(profileName, 'Running');
  }

  async *followLaunch(launchId: string, profileName: ProfileName): AsyncGenerator<Launch> {
    if (launchId !== knownLaunchId || profileName !== 'alice') {
      throw new StrongroomError('LaunchNotFound', 'Cannot find this launch');
    }
    yield launchOf(profileName, 'Running');
    await this.launchGate;
    yield launchOf(profileName, this.launchState);
  }

  prestart(profileName: ProfileName): void {
    this.calls.push(`prestart ${profileName}`);
  }

  async apps(): Promise<App[]> {
    return ['alice', 'bob'].map((name) => appOf(name as ProfileName));
  }

  async stopApp(profileName: ProfileName, appId: AppId): Promise<void> {
    if (appId !== knownAppId) throw new StrongroomError('AppNotFound', 'Cannot find this app');
    this.calls.push(`stop ${profileName} ${appId}`);
  }

  endApp(profileName: ProfileName, appId: AppId): Promise<void> {
    return this.stopApp(profileName, appId);
  }

  running: readonly RunningApp[] = [];

  runningApps(): readonly RunningApp[] {
    return this.running;
  }

  allowed: readonly InstanceTypeSettings[] = [];

  async allowedTypes(): Promise<readonly InstanceTypeSettings[]> {
    return this.allowed;
  }

  async review(): Promise<void> {}

  async endStudio(profileName: ProfileName): Promise<void> {
    this.calls.push(`end ${profileName}`);
  }

  async listFiles(_person: unknown, path: string): Promise<FileList> {
    return { path, entries: [], truncated: false };
  }

  async readFile() {
    return {
      name: this.fileName,
      sizeBytes: this.fileStream ? 2 ** 40 : (this.announcedSizeBytes ?? this.fileContent.length),
      stream: this.fileStream ?? Readable.from([this.fileContent]),
    };
  }

  /** What was written to homes, by `<profile>/<name>`. */
  readonly written = new Map<string, Buffer>();

  async writeNewFile(
    { profileName }: Pick<Person, 'profileName'>,
    name: string,
    bytes: Uint8Array,
  ): Promise<string> {
    if (this.failure !== undefined) throw this.failure;
    this.written.set(`${profileName}/${name}`, Buffer.from(bytes));
    return name;
  }

  runNotebook(): never {
    throw new Error('The console runs no notebook');
  }

  visit(): never {
    throw new Error('The console visits no studio');
  }

  redeemPresignedUrl(): never {
    throw new Error('The console redeems no presigned URL');
  }

  beginClosing(): void {}

  async close(): Promise<void> {}
}

function launchOf(profileName: ProfileName, state: Launch['state']): Launch {
  return {
    launchId: knownLaunchId,
    profileName,
    stage: state === 'Ready' ? 'Ready' : 'Authorize',
    state,
    stages: ['Authorize', 'Ready'],
    finishedStages: [],
    presignedUrl: null,
    expiresInSeconds: null,
    failure: null,
  };
}

function appOf(profileName: ProfileName): App {
  return {
    appId: knownAppId,
    appType: 'JupyterServer',
    appName: 'default',
    profileName,
    status: 'InService',
    imageName: 'host-python',
    instanceType: 'system',
    startedAt: new Date(0).toISOString(),
    endedAt: null,
    endReason: null,
    memoryBytes: null,
  };
}
