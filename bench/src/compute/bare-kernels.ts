import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/**
 * Kernels as Debian's jupyter_client starts them, with nothing around them. "Ready" is the answer to the
 * first question, as on our side; `wait_for_ready` would add the fifth of a second in which it drains
 * another channel.
 */
const program = `
import sys, time
from jupyter_client import KernelManager

def start():
    begun = time.perf_counter()
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    asked = client.kernel_info()
    while client.get_shell_msg(timeout=120)["parent_header"].get("msg_id") != asked:
        pass
    return manager, client, (time.perf_counter() - begun) * 1000

def end(manager, client):
    client.stop_channels()
    manager.shutdown_kernel(now=True)

mode, count = sys.argv[1], int(sys.argv[2])
if mode == "time":
    manager, client, milliseconds = start()
    print(milliseconds, flush=True)
    end(manager, client)
else:
    started = [start() for _ in range(count)]
    for _, client, _ in started:
        client.stop_channels()
    print("ready", flush=True)
    sys.stdin.read()
    for manager, client, _ in started:
        manager.shutdown_kernel(now=True)
`;

export const bareKernel = "Debian's jupyter_client, no sandbox";

/** From the call to the kernel's first answer. */
export async function timeBareKernel(): Promise<number> {
  return inFolder(async (home) => {
    const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', program, 'time', '1'], {
      env: environment(home),
    });
    return Number(stdout);
  });
}

/** While `count` of them are idle. `look` gets the process that has started them. */
export async function withBareKernels<Result>(
  count: number,
  look: (processId: number) => Promise<Result>,
): Promise<Result> {
  return inFolder(async (home) => {
    const child = spawn('/usr/bin/python3', ['-c', program, 'hold', String(count)], {
      env: environment(home),
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    try {
      await untilReady(child);
      return await look(child.pid ?? 0);
    } finally {
      child.stdin?.end();
      if (child.exitCode === null) await once(child, 'exit');
    }
  });
}

async function untilReady(child: ChildProcess): Promise<void> {
  const { stdout } = child;
  if (stdout === null) throw new Error('Cannot hear the bare kernels');
  const [heard] = await Promise.race([once(stdout, 'data'), once(child, 'exit')]);
  if (String(heard).trim() !== 'ready') throw new Error(`The bare kernels did not start: ${heard}`);
}

/** Debian's Python alone: another one earlier on the path would lack the packages. */
function environment(home: string): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: home, LANG: 'C.UTF-8' };
}

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-bench-kernels-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
