import { randomBytes } from 'node:crypto';
import {
  type Launch,
  type LaunchStage,
  type ProfileName,
  StrongroomError,
} from '@strongroom/contracts';
import { type Deferred, deferred } from './deferred.ts';
import { newReference } from './reference.ts';
import { explainStartFailure, StudioStartError } from './start-failure.ts';
import type { StudioLog } from './studio-log.ts';

/** What one launch does, stage by stage; answers the presigned URL. */
export interface LaunchWork {
  readonly profileName: ProfileName;
  /** Who asked, and alone may follow it. */
  readonly visitorName: ProfileName;
  /** In their order, from `Authorize` to `Ready`; those of a studio on this machine where they are left out. */
  readonly stages?: readonly LaunchStage[];
  run(finish: (stage: LaunchStage) => void): Promise<{ url: string; expiresInSeconds: number }>;
}

interface LaunchRecord {
  readonly visitorName: ProfileName;
  launch: Launch;
  changed: Deferred<void>;
}

/** Of a studio on this machine. */
const sandboxStages: readonly LaunchStage[] = [
  'Authorize',
  'PrepareHome',
  'StartSandbox',
  'StartServer',
  'Ready',
];
/** Long enough for a page that lost its connection to ask again; as long as the URL is worth anything. */
const keptAfterEndMilliseconds = 60_000;
const maximumPendingPerProfile = 16;

/** The launches that people wait for, each told stage by stage to whoever follows it. */
export class Launches {
  readonly #records = new Map<string, LaunchRecord>();
  readonly #log: StudioLog;

  constructor(log: StudioLog) {
    this.#log = log;
  }

  /** @throws {StrongroomError} `TooManyRequests` */
  begin(work: LaunchWork): Launch {
    const { profileName, stages = sandboxStages } = work;
    const pendingCount = [...this.#records.values()].filter(
      ({ launch }) => launch.profileName === profileName && launch.state === 'Running',
    ).length;
    if (pendingCount >= maximumPendingPerProfile) {
      throw new StrongroomError('TooManyRequests', 'This studio is being launched many times', {
        remedy: 'Wait for the launches that you asked for',
      });
    }
    const launch: Launch = {
      ...{ launchId: randomBytes(16).toString('hex'), profileName },
      ...{ stages: [...stages], stage: 'Authorize', state: 'Running', finishedStages: [] },
      ...{ presignedUrl: null, expiresInSeconds: null, failure: null },
    };
    const { visitorName } = work;
    const record: LaunchRecord = { visitorName, launch, changed: deferred() };
    this.#records.set(launch.launchId, record);
    void this.#work(record, work);
    return launch;
  }

  /** @throws {StrongroomError} `LaunchNotFound`, at the first step */
  async *follow(launchId: string, visitorName: ProfileName): AsyncGenerator<Launch> {
    const record = this.#records.get(launchId);
    if (record === undefined || record.visitorName !== visitorName) {
      throw new StrongroomError('LaunchNotFound', 'This launch is not known', {
        remedy: 'Launch the studio again',
      });
    }
    for (;;) {
      const { launch, changed } = record;
      yield launch;
      if (launch.state !== 'Running') return;
      await changed.promise;
    }
  }

  async #work(record: LaunchRecord, work: LaunchWork): Promise<void> {
    const startedAt = performance.now();
    const finish = (stage: LaunchStage) => {
      const elapsedMilliseconds = Math.round(performance.now() - startedAt);
      const finishedStages = [...record.launch.finishedStages, { stage, elapsedMilliseconds }];
      const { stages } = record.launch;
      const next = stages[stages.indexOf(stage) + 1] ?? stage;
      this.#change(record, { finishedStages, stage: next });
    };
    try {
      const { url, expiresInSeconds } = await work.run(finish);
      finish('Ready');
      this.#change(record, { state: 'Ready', presignedUrl: url, expiresInSeconds });
    } catch (error) {
      this.#change(record, { state: 'Failed', failure: this.#explain(error, work.profileName) });
    }
    const { launchId, state, finishedStages } = record.launch;
    this.#log.info({ launchId, profileName: work.profileName, state, finishedStages }, 'Launch');
    setTimeout(() => this.#records.delete(launchId), keptAfterEndMilliseconds).unref();
  }

  #change(record: LaunchRecord, change: Partial<Launch>): void {
    record.launch = { ...record.launch, ...change };
    const { changed } = record;
    record.changed = deferred();
    changed.resolve();
  }

  #explain(error: unknown, profileName: ProfileName): NonNullable<Launch['failure']> {
    const { code, message, remedy = 'Launch again', values } = explainStartFailure(error);
    if (error instanceof StudioStartError) {
      return { code, message, remedy, values, reference: error.reference };
    }
    const reference = newReference();
    this.#log.error({ reference, profileName, err: error }, 'A launch failed');
    return { code, message, remedy, values, reference };
  }
}
