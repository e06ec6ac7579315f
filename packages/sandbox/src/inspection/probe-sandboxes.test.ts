import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { HostSetup } from '../host-setup.ts';
import { inspectHost } from '../inspect-host.ts';
import type { RunningSandbox, SandboxExit } from '../running-sandbox.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { SandboxHost } from '../sandbox-host.ts';
import { openWeakenedSandboxHost, type Weakening } from '../testing.ts';
import { makeProbeId } from './probe-leftovers.ts';
import { tryAttempts, tryMemory, tryProcesses } from './probe-sandboxes.ts';

const stoppedByLimit = { exitCode: null, signal: 'SIGKILL', outOfMemory: true } as const;
const killedByOthers = { exitCode: null, signal: 'SIGKILL', outOfMemory: false } as const;
const failed = { exitCode: 1, signal: null, outOfMemory: false } as const;
const endedWell = { exitCode: 0, signal: null, outOfMemory: false } as const;

interface End {
  readonly output?: string;
  readonly exit: SandboxExit;
  /** Goes on until it is stopped. */
  readonly hangs?: boolean;
}

/** Its sandboxes end as told, one after the other. */
function hostWith(...ends: readonly (End | SandboxError)[]) {
  let launchCount = 0;
  const launch = async (): Promise<RunningSandbox> => {
    const end = ends[launchCount];
    launchCount += 1;
    if (end === undefined) throw new Error('one launch too many');
    if (end instanceof SandboxError) throw end;
    const stdout = new PassThrough();
    let finish = (_: SandboxExit) => {};
    const exited = new Promise<SandboxExit>((resolve) => {
      finish = resolve;
    });
    const stop = () => {
      stdout.end(end.output);
      finish(end.exit);
      return exited;
    };
    if (end.hangs !== true) void stop();
    return { stdout, exited, stop } as Partial<RunningSandbox> as RunningSandbox;
  };
  const host = { launch } as Partial<SandboxHost> as SandboxHost;
  return { context: { host, hostUid: undefined }, launchCount: () => launchCount };
}

describe('a probe of a limit', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is decided at once where the limit stopped it', async () => {
    const { context, launchCount } = hostWith({ exit: stoppedByLimit });
    expect(await tryMemory(context, 'group')).toBe('stopped');
    expect(launchCount()).toBe(1);
  });

  it('is decided at once where the limit let it through', async () => {
    const { context, launchCount } = hostWith({ output: 'exceeded\n', exit: endedWell });
    expect(await tryMemory(context, 'group')).toBe('exceeded');
    expect(launchCount()).toBe(1);
  });

  it.each([
    ['was killed for another reason', { exit: killedByOthers }],
    ['failed', { exit: failed }],
    ['said nothing', { exit: endedWell }],
    ['could not be built', new SandboxError('LaunchFailed', 'Cannot build the sandbox')],
  ] as const)('is repeated where it %s', async (_, first) => {
    const memory = hostWith(first, { exit: stoppedByLimit });
    expect(await tryMemory(memory.context, 'group')).toBe('stopped');
    const processes = hostWith(first, { exit: { ...failed, exitCode: 2 } });
    expect(await tryProcesses(processes.context)).toBe('stopped');
  });

  it('is given more time where it does not come to its end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const hanging = { exit: killedByOthers, hangs: true };
    const { context, launchCount } = hostWith(hanging, hanging);
    const outcome = tryMemory(context, 'group');
    await vi.advanceTimersByTimeAsync(20_000);
    expect(launchCount()).toBe(2);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await outcome).toBe('undecided');
  });

  it('showed nothing where it ends twice for another reason', async () => {
    const memory = hostWith({ exit: killedByOthers }, { exit: failed });
    expect(await tryMemory(memory.context, 'group')).toBe('undecided');
    const processes = hostWith({ exit: killedByOthers }, { exit: killedByOthers });
    expect(await tryProcesses(processes.context)).toBe('undecided');
    const attempts = hostWith(
      { output: 'reads-secret=no\n', exit: killedByOthers },
      { exit: failed },
    );
    const network = {
      ...{ holderPid: 1, ended: Promise.resolve(), close: async () => {} },
      listen: () => Promise.reject(new Error('Nothing listens for a probe')),
    };
    expect(await tryAttempts(attempts.context, network, [])).toEqual(new Map());
  });
});

describe('a probe of a limit of this machine', () => {
  let setup: HostSetup;
  let folder: string;
  beforeAll(async () => {
    const inspection = await inspectHost();
    if (inspection.setup === undefined) throw new Error(inspection.controls[0]?.detail);
    setup = inspection.setup;
    folder = await mkdtemp(join(tmpdir(), 'strongroom-limits-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function tryLimits(...weakenings: Weakening[]) {
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = await makeProbeId();
    const options = { setup, installationId, runFolder: folder, log };
    const host = await openWeakenedSandboxHost(options, weakenings);
    const context = { host, hostUid: setup.mode === 'root' ? 65_505 : undefined };
    try {
      const limitOf = setup.cgroup === 'none' ? 'process' : 'group';
      return { memory: await tryMemory(context, limitOf), processes: await tryProcesses(context) };
    } finally {
      await host.close();
    }
  }

  it('tells a limit that holds from one that does not', async () => {
    expect(await tryLimits()).toEqual({ memory: 'stopped', processes: 'stopped' });
    const exceeded = { memory: 'exceeded', processes: 'exceeded' };
    expect(await tryLimits('control-group')).toEqual(exceeded);
  });
});
