import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface AgentProcess {
  readonly home: string;
  readonly socketPath: string;
  readonly child: ChildProcess;
  residentBytes(): number;
  close(): Promise<void>;
}

/** The agent bundled from its source and run as its own process, as another user where root asks. */
export async function startAgentProcess(options: { userId?: number } = {}): Promise<AgentProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-process-'));
  const home = join(folder, 'home');
  const socketPath = join(folder, 'agent.sock');
  mkdirSync(home);
  await bundle(join(folder, 'main.mjs'));
  if (options.userId !== undefined) {
    for (const path of [folder, home]) chownSync(path, options.userId, options.userId);
    chmodSync(join(folder, 'main.mjs'), 0o644);
  }
  const child = spawn(process.execPath, [join(folder, 'main.mjs')], {
    env: { HOME: home, PATH: '/usr/bin:/bin', STRONGROOM_AGENT_SOCKET: socketPath },
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

async function bundle(outfile: string): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('../main.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['zeromq', 'node-pty'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
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
