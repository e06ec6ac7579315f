import { setTimeout } from 'node:timers/promises';
import {
  type AgentNotice,
  agentChannelDescriptor,
  type ControlPlaneMessage,
} from '@strongroom/contracts';
import type { RunningSandbox, SandboxSpec } from '@strongroom/sandbox';
import { type AgentChannelHandlers, openAgentChannel } from './agent-channel.ts';
import { type AppEnd, describeServerEnd } from './app-end.ts';
import type { StudioSandboxHost } from './bounded-sandbox-host.ts';
import { deferred } from './deferred.ts';
import type { JobNotice } from './notebook-run.ts';
import { followSandboxOutput } from './sandbox-output.ts';
import { AgentDidNotStartError } from './start-failure.ts';
import type { StudioLog } from './studio-log.ts';

export interface ServerAppOptions {
  readonly spec: SandboxSpec;
  readonly sandboxHost: Pick<StudioSandboxHost, 'launch'>;
  readonly log: StudioLog;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly onRequest: AgentChannelHandlers['onRequest'];
  onActivity(activity: Omit<Extract<AgentNotice, { notice: 'activity' }>, 'notice'>): void;
  onJob(notice: JobNotice): void;
}

/** A studio's own server (the agent): its sandbox and the channel to it. */
export interface ServerApp {
  readonly sandbox: RunningSandbox;
  /** Settles as soon as it can serve nobody any more; its processes may still be ending. */
  readonly ending: Promise<void>;
  /** Settles when its last process is gone. Never rejects. */
  readonly ended: Promise<AppEnd>;
  /**
   * Waits until it serves HTTP.
   *
   * @throws {AgentDidNotStartError}
   */
  untilReady(timeoutMilliseconds: number): Promise<void>;
  send(message: ControlPlaneMessage): void;
  /** Lets it close terminals and connections, then ends it. */
  stop(): Promise<void>;
  /** What it wrote last, for the log. */
  outputTail(): string;
}

const graceMilliseconds = 1500;
/** The exit follows the channel's end at once, unless the agent closed the channel alone. */
const exitAfterChannelMilliseconds = 500;

/** @throws {SandboxError} */
export async function startServerApp(options: ServerAppOptions): Promise<ServerApp> {
  const { spec, log, fields } = options;
  const sandbox = await options.sandboxHost.launch(spec);
  const output = followSandboxOutput([sandbox.stdout, sandbox.stderr], log, fields);
  const ready = deferred<void>();
  const ending = deferred<void>();
  let violation: string | undefined;

  const channel = openAgentChannel(sandbox.duplex(agentChannelDescriptor), {
    onRequest: options.onRequest,
    onNotice(notice) {
      if (notice.notice === 'ready') ready.resolve();
      if (notice.notice === 'activity') options.onActivity(notice);
      if ('jobId' in notice) options.onJob(notice);
    },
    onViolation(reason) {
      violation = reason;
      log.warn({ ...fields, reason }, 'A studio server broke the protocol and is ended');
      ending.resolve();
    },
    onEnd: () => ending.resolve(),
  });
  void sandbox.exited.then(() => ending.resolve());

  return {
    sandbox,
    ending: ending.promise,
    ended: ending.promise.then(async () => {
      const exit = await exitSoon(sandbox);
      channel.close();
      if (violation === undefined) return describeServerEnd(exit);
      return { status: 'Failed', reason: `The studio's server was ended. ${violation}` };
    }),
    async untilReady(timeoutMilliseconds) {
      const timeout = new AbortController();
      const outcome = await Promise.race([
        ready.promise.then(() => 'ready' as const),
        ending.promise.then(() => 'ended' as const),
        setTimeout(timeoutMilliseconds, 'timeout' as const, { signal: timeout.signal }).catch(
          () => 'timeout' as const,
        ),
      ]);
      timeout.abort();
      if (outcome === 'ready') return;
      throw new AgentDidNotStartError(
        outcome === 'ended'
          ? 'Cannot start the server: it ended before it was ready'
          : `Cannot start the server: it was not ready within ${timeoutMilliseconds} ms`,
      );
    },
    send: (message) => channel.send(message),
    async stop() {
      channel.send({ event: 'shutdown' });
      await sandbox.stop({ graceMilliseconds });
    },
    outputTail: () => output.tail(),
  };
}

async function exitSoon(sandbox: RunningSandbox) {
  const waiting = new AbortController();
  const exit = await Promise.race([
    sandbox.exited,
    setTimeout(exitAfterChannelMilliseconds, undefined, { signal: waiting.signal }).catch(
      () => undefined,
    ),
  ]);
  waiting.abort();
  return exit ?? sandbox.stop({ graceMilliseconds: 0 });
}
