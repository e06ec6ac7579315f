import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface AgentProcess {
  readonly home: string;
  readonly socketPath: string;
  readonly child: ChildProcess;
  residentBytes(): number;
  close(): Promise<void>;
}

const buildProgram = fileURLToPath(new URL('../../build.mjs', import.meta.url));

/** The agent as it is shipped, built anew, in its own process; as another user where root asks. */
export async function startAgentProcess(
  options: { userId?: number; labFolder?: string } = {},
): Promise<AgentProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-process-'));
  const home = join(folder, 'home');
  const socketPath = join(folder, 'agent.sock');
  mkdirSync(home);
  const built = join(folder, 'agent');
  await promisify(execFile)(process.execPath, [buildProgram, built]);
  if (options.userId !== undefined) {
    for (const path of [folder, home]) chownSync(path, options.userId, options.userId);
  }
  const child = spawn(process.execPath, [join(built, 'main.js')], {
    env: {
      HOME: home,
      PATH: '/usr/bin:/bin',
      STRONGROOM_AGENT_SOCKET: socketPath,
      ...(options.labFolder !== undefined && { STRONGROOM_LAB_FOLDER: options.labFolder }),
    },
    stdio: ['ignore', 'inherit', 'inherit'],
    ...(options.userId !== undefined && { uid: options.userId, gid: options.userId }),
  });
  await waitUntilListening(socketPath, child);
  return {
    home,
    socketPath,
    child,
    residentBytes: () => readResidentBytes(child.pid ?? 0),
    async close() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The socket is bound a moment before it listens: connecting is what tells. */
async function waitUntilListening(socketPath: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(socketPath);
    const isListening = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    socket.destroy();
    if (isListening) return;
    await nextTurn();
  }
  throw new Error(`The agent ended with exit code ${child.exitCode}`);
}

function readResidentBytes(processId: number): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) * 1024;
}
