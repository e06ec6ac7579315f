import type { AppId, ProfileName } from '@strongroom/contracts';
import type { SandboxProcess } from '@strongroom/sandbox';
import { CollectedAudit } from '../../../audit/testing/collected-audit.ts';
import { runningApp } from '../../../compute/testing/compute-for.ts';
import type { AppEnding } from '../../../studios/app-ending.ts';
import type { RunningApp } from '../../../studios/running-app.ts';
import { collectLog } from '../../../studios/testing/collected-log.ts';
import type { EndingRules } from '../watched-app.ts';
import { WorkWatch } from '../work-watch.ts';
import { kernelWords, type Trace, type TraceStep } from './traces.ts';

const instanceType = 'ml.test.rules';
const gpu = {
  ...{ index: 0, uuid: 'GPU-0', name: 'Test', memoryTotalBytes: 1 },
  ...{ deviceFile: '/dev/nvidia0', deviceName: 'nvidia0' },
};

function domainOf({ idleMinutes, maximumHours }: EndingRules, idleNoticeMinutes: number) {
  return {
    instanceTypes: [
      {
        ...{ instanceType, vcpuCount: 2, memoryMebibytes: 1024, gpuCount: 0 },
        ...{ pricePerHour: undefined, idleMinutes, maximumHours },
      },
    ],
    compute: { runtime: { kind: 'local' as const }, idleNoticeMinutes },
  };
}

/** An app that a test makes work or rest, under a watch whose time the test passes. */
export class WatchBench {
  now = 1_000;
  /** On the wall. */
  time: number = Date.parse('2026-03-10T12:00:00Z');
  readonly audit = new CollectedAudit();
  readonly ended: { readonly appId: AppId; readonly ending: AppEnding; readonly minute: number }[] =
    [];
  readonly watch: WorkWatch;
  idleMilliseconds = 0;
  apps: RunningApp[] = [];
  #domain: ReturnType<typeof domainOf>;
  #cpuSeconds = 0;
  #startedAt = this.now;
  #lastBusyAt: number | undefined;
  #step: TraceStep = { minutes: 0, cpu: 0 };

  constructor(rules: EndingRules, idleNoticeMinutes = 5) {
    this.#domain = domainOf(rules, idleNoticeMinutes);
    this.watch = new WorkWatch({
      domain: () => this.#domain,
      runningApps: () => this.#running(),
      endApp: async (_profileName, appId, ending) => {
        this.ended.push({ appId, ending, minute: this.minute });
        this.end(appId);
      },
      gpuMeter: {
        measure: async () =>
          new Map([
            [0, { index: 0, utilizationPercent: this.#step.gpuPercent, memoryBytes: undefined }],
          ]),
      },
      meter: {
        addIdle: (_appId, milliseconds) => {
          this.idleMilliseconds += milliseconds;
        },
      },
      audit: this.audit.log.metering,
      clock: () => new Date(this.time),
      log: collectLog(),
      now: () => this.now,
    });
  }

  /** Since the app started. */
  get minute(): number {
    return (this.now - this.#startedAt) / 60_000;
  }

  start(change: Partial<RunningApp> = {}): RunningApp {
    const app = runningApp({
      ...{ instanceType, profileName: 'alice' as ProfileName, kernelId: 'k' as never },
      sandbox: {
        usage: async () => ({
          ...{ memoryBytes: 1, processCount: 1, cpuThrottledPeriodCount: 0 },
          cpuSeconds: this.#cpuSeconds,
        }),
        processes: async () => this.#processes(),
      },
      ...change,
    });
    this.#startedAt = this.now;
    this.apps.push(app);
    this.watch.started(app);
    return app;
  }

  end(appId: AppId): void {
    for (const app of this.apps) if (app.appId === appId) this.watch.ended(app);
    this.apps = this.apps.filter((app) => app.appId !== appId);
  }

  /** When the app that was started ends for want of work, as it is told. */
  endsAt(appId: AppId): Date | undefined {
    const app = this.#running().find((each) => each.appId === appId);
    return app === undefined ? undefined : this.watch.endsAt(app);
  }

  /** As a domain file that was saved anew. */
  setRules(rules: EndingRules): void {
    this.#domain = domainOf(rules, this.#domain.compute.idleNoticeMinutes);
  }

  #running(): RunningApp[] {
    return this.apps.map((app) => ({ ...app, lastBusyAt: this.#heard() }));
  }

  /** Passes the time of one step, looking as often as it does outside tests, or nearly. */
  async pass(step: TraceStep): Promise<void> {
    this.#step = step;
    const end = this.now + step.minutes * 60_000;
    while (this.now < end) {
      const milliseconds = Math.min(10_000, end - this.now);
      const second = Math.round((this.now - this.#startedAt) / 1000);
      this.#cpuSeconds += used(step.cpu, second, milliseconds / 1000);
      this.now += milliseconds;
      this.time += milliseconds;
      if (step.isBusy === true) this.#lastBusyAt = this.now;
      await this.watch.look();
    }
  }

  #heard(): number | undefined {
    return this.#step.isBusy === true ? this.now : this.#lastBusyAt;
  }

  #processes(): SandboxProcess[] {
    const main = { pid: 10, parentPid: 1, isMain: true, argv: kernelWords, sleepsIn: 'ep_poll' };
    const others = (this.#step.processes ?? []).map((process, index) => ({
      ...{ pid: 11 + index, parentPid: 10, isMain: false },
      ...('argv' in process ? process : { argv: process, sleepsIn: undefined }),
    }));
    return [main, ...others];
  }
}

/** The average over the seconds that passed. */
function used(cpu: TraceStep['cpu'], from: number, seconds: number): number {
  if (typeof cpu === 'number') return cpu * seconds;
  let total = 0;
  for (let second = 0; second < seconds; second += 1) total += cpu(from + second);
  return total;
}

export interface Replay {
  /** Whether it was ended in a step that is work. */
  readonly wrongStops: number;
  /** After how many idle minutes it was ended; `undefined`: it was not. */
  readonly endedAfterMinutes: number | undefined;
}

export async function replayTrace(trace: Trace, idleMinutes: number): Promise<Replay> {
  const bench = new WatchBench({ idleMinutes });
  const isServer = trace.appType === 'JupyterServer';
  const hasGpu = trace.steps.some(({ gpuPercent }) => gpuPercent !== undefined);
  bench.start({
    appType: trace.appType,
    ...(isServer ? { kernelId: null } : {}),
    gpus: hasGpu ? [gpu] : [],
  });
  const workMinutes = trace.steps
    .slice(0, trace.label === 'idle' ? 0 : trace.label === 'work' ? trace.steps.length : 1)
    .reduce((sum, step) => sum + step.minutes, 0);
  for (const step of trace.steps) await bench.pass(step);
  const [end] = bench.ended;
  return {
    wrongStops: bench.ended.filter(({ minute }) => minute < workMinutes).length,
    endedAfterMinutes: end === undefined ? undefined : end.minute - workMinutes,
  };
}
