import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { HostSetup } from '../host-setup.ts';
import { SandboxError } from '../sandbox-error.ts';
import { asUser } from './as-user.ts';
import { listenInside } from './listen-inside.ts';
import type { StudioNetwork } from './studio-network.ts';

/**
 * Every address is local to the namespace, so nothing is ever routed anywhere else; where nothing
 * listens the kernel refuses at once. Then the holder waits for the end of its standard input: that
 * comes when the control plane closes it and also when the control plane is killed.
 */
const holderScript = `set -eu
"$1" link set lo up
"$1" route add local 0.0.0.0/0 dev lo
"$1" -6 route add local ::/0 dev lo 2>/dev/null || :
echo ready
read -r _ || :
`;

/** @throws {SandboxError} `NetworkUnavailable` */
export async function openStudioNetwork(
  setup: HostSetup,
  hostUid: number | undefined,
): Promise<StudioNetwork> {
  const [program, ...commandArguments] = holderCommand(setup, hostUid);
  const holder = spawn(program, commandArguments, {
    env: {},
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  holder.stdin.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => {
    holder.once('exit', () => resolve());
    holder.once('error', () => resolve());
  });
  const holderPid = await waitUntilReady(holder);
  return {
    holderPid,
    ended,
    listen: (ports) => listenInside({ setup, hostUid, holderPid }, ports),
    async close() {
      holder.kill('SIGKILL');
      await ended;
    },
  };
}

function holderCommand(
  { mode, tools }: HostSetup,
  hostUid: number | undefined,
): [string, ...string[]] {
  const unshare = [tools.unshare, '--user', '--map-root-user', '--net', '--'];
  const hold = [tools.setpriv, '--pdeathsig', 'KILL', tools.sh, '-c', holderScript, 'holder'];
  if (mode === 'rootless') return [tools.unshare, ...unshare.slice(1), ...hold, tools.ip];
  return [tools.setpriv, ...asUser(hostUid), ...unshare, ...hold, tools.ip];
}

async function waitUntilReady(holder: ChildProcess): Promise<number> {
  let standardError = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
    standardError = (standardError + text).slice(-4096);
  });
  const failed = new Promise<never>((_, reject) => {
    holder.once('error', reject);
    holder.once('close', () => reject(new Error(standardError.trim() || 'the holder ended')));
  });
  try {
    if (holder.stdout === null) throw new Error('the holder has no output');
    await Promise.race([once(holder.stdout, 'data'), failed]);
    if (holder.pid === undefined) throw new Error('the holder did not start');
    failed.catch(() => undefined);
    return holder.pid;
  } catch (error) {
    holder.kill('SIGKILL');
    throw new SandboxError('NetworkUnavailable', 'Cannot make a network namespace', {
      cause: error,
      standardError,
    });
  }
}
