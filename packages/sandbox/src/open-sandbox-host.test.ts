import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostSetup } from './host-setup.ts';
import { inspectHost } from './inspect-host.ts';
import { openSandboxHost } from './open-sandbox-host.ts';
import type { SandboxHost } from './sandbox-host.ts';
import type { SandboxSpec } from './sandbox-spec.ts';

const mebibyte = 1024 * 1024;

describe('a sandbox host', () => {
  let setup: HostSetup;
  let folder: string;
  let host: SandboxHost;
  let hostUid: number | undefined;

  beforeAll(async () => {
    const inspection = await inspectHost();
    if (inspection.setup === undefined) throw new Error(inspection.controls[0]?.detail);
    setup = inspection.setup;
    hostUid = setup.mode === 'root' ? 65_504 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom sandbox '));
    if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
    host = await openHost('main');
  });
  afterAll(async () => {
    await host.close();
    await rm(folder, { recursive: true, force: true });
  });

  function openHost(name: string): Promise<SandboxHost> {
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = `test-${name}-${process.pid}`;
    return openSandboxHost({ setup, installationId, runFolder: join(folder, `run-${name}`), log });
  }

  function spec(command: readonly string[], changes: Partial<SandboxSpec> = {}): SandboxSpec {
    return {
      appId: randomBytes(16).toString('hex'),
      label: 'test',
      hostUid,
      root: { kind: 'host' },
      command,
      workingDirectory: '/home/alice',
      environment: { PATH: '/usr/bin:/bin', HOME: '/home/alice' },
      userName: 'alice',
      homeFolder: '/home/alice',
      mounts: [{ source: folder, target: '/home/alice', mode: 'read-write' }],
      network: 'isolated',
      limits: {
        memoryBytes: 512 * mebibyte,
        cpuCount: 2,
        processCount: 128,
        openFileCount: 1024,
        temporaryFolderBytes: 16 * mebibyte,
        sharedMemoryBytes: 16 * mebibyte,
      },
      descriptors: [],
      ...changes,
    };
  }

  const shell = (script: string, changes: Partial<SandboxSpec> = {}) =>
    host.launch(spec(['/bin/sh', '-c', script], changes));

  async function outputOf(script: string, changes: Partial<SandboxSpec> = {}): Promise<string> {
    const sandbox = await shell(script, changes);
    const [output] = await Promise.all([text(sandbox.stdout), sandbox.exited]);
    return output.trim();
  }

  it('runs a command as the person, at home', async () => {
    expect(await outputOf('echo "$(id -un) $(id -u) $(pwd) $(hostname)"')).toBe(
      'alice 1000 /home/alice studio',
    );
  });

  it('keeps in the home, owned by the person, what is written there', async () => {
    await outputOf('echo kept >file');
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('kept\n');
    expect((await stat(join(folder, 'file'))).uid).toBe(hostUid ?? process.geteuid?.());
  });

  it('gives the exit status of the command', async () => {
    const sandbox = await shell('exit 7');
    expect(await sandbox.exited).toEqual({ exitCode: 7, signal: null, outOfMemory: false });
  });

  it('keeps what a short-lived command had written until it is read', async () => {
    const sandbox = await shell('echo out; echo err >&2');
    await sandbox.exited;
    expect([await text(sandbox.stdout), await text(sandbox.stderr)]).toEqual(['out\n', 'err\n']);
  });

  it('tells what runs in it, and not what launched it', async () => {
    const sandbox = await shell('sleep 600 & echo ready; wait');
    await once(sandbox.stdout, 'data');
    const shown = async () =>
      ((await sandbox.processes?.()) ?? []).map(({ argv, isMain }) => [argv[0], isMain]);
    // Between the fork and its own program it has the shell's words.
    await expect
      .poll(async () => (await shown()).sort())
      .toEqual([
        ['/bin/sh', true],
        ['sleep', false],
      ]);
    const processes = (await sandbox.processes?.()) ?? [];
    const main = processes.find(({ isMain }) => isMain);
    const child = processes.find(({ isMain }) => !isMain);
    expect(child?.parentPid).toBe(main?.pid);
    await sandbox.stop({ graceMilliseconds: 0 });
    expect(await shown()).toEqual([]);
  });

  it('sends a signal to the command itself', async () => {
    const sandbox = await shell('trap "echo interrupted; exit 3" INT; echo ready; read x <&3', {
      descriptors: ['duplex'],
    });
    await once(sandbox.stdout, 'data');
    const rest = text(sandbox.stdout);
    sandbox.signalMain('SIGINT');
    expect((await sandbox.exited).exitCode).toBe(3);
    expect(await rest).toBe('interrupted\n');
  });

  it('asks a command to end before it ends it', async () => {
    const sandbox = await shell('trap "exit 0" TERM; echo ready; read x <&3', {
      descriptors: ['duplex'],
    });
    await once(sandbox.stdout, 'data');
    const exit = await sandbox.stop({ graceMilliseconds: 60_000 });
    expect(exit).toEqual({ exitCode: 0, signal: null, outOfMemory: false });
  });

  it('ends a command that does not listen, and all that it started', async () => {
    const sandbox = await shell(
      'trap "" TERM; setsid sleep 600 & setsid sleep 600 & echo ready; wait; sleep 600',
    );
    await once(sandbox.stdout, 'data');
    const exit = await sandbox.stop({ graceMilliseconds: 1 });
    expect(exit.signal).toBe('SIGKILL');
    expect((await sandbox.usage()).processCount).toBe(0);
  });

  it('joins both ends of a duplex descriptor', async () => {
    const sandbox = await shell('cat <&4 >&4', { descriptors: ['duplex', 'duplex'] });
    const channel = sandbox.duplex(4);
    channel.end('there and back');
    expect(await text(channel)).toBe('there and back');
    expect((await sandbox.exited).exitCode).toBe(0);
  });

  it('lets the sandbox accept on a listening socket whose path it cannot see', async () => {
    const path = join(folder, 'run-main', 'agent.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const accept = `
import socket
listener = socket.socket(fileno=3)
listener.setblocking(True)
connection = listener.accept()[0]
connection.sendall(b"from inside")`;
    const sandbox = await host.launch(
      spec(['/usr/bin/python3', '-c', accept], {
        mounts: [],
        workingDirectory: '/tmp',
        descriptors: [server],
      }),
    );
    // Closing would remove the path, and an open copy of ours would take the connection.
    await rename(path, `${path}.shared`);
    server.close();
    expect(await text(connect(`${path}.shared`))).toBe('from inside');
    await sandbox.exited;
  });

  it('shares one network among the sandboxes of a studio', async () => {
    const network = await host.createStudioNetwork({ hostUid });
    const links = await Promise.all(
      [1, 2].map(() => outputOf('readlink /proc/self/ns/net', { network })),
    );
    expect(links[0]).toBe(links[1]);
    expect(await outputOf('ip route get 192.0.2.1', { network })).toContain('dev lo');
    await network.close();
    await expect(shell('true', { network })).rejects.toMatchObject({ code: 'LaunchFailed' });
  });

  it('tells what a sandbox uses', async () => {
    const sandbox = await shell(
      'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo; read x <&3',
      {
        descriptors: ['duplex'],
      },
    );
    await once(sandbox.stdout, 'data');
    const usage = await sandbox.usage();
    expect(usage.processCount).toBe(1);
    expect(usage.memoryBytes).toBeGreaterThan(0);
    expect(usage.memoryBytes).toBeLessThan(64 * mebibyte);
    expect(usage.cpuSeconds).toBeGreaterThan(0);
    await sandbox.stop({ graceMilliseconds: 0 });
  });

  it('says what is wrong where a sandbox cannot be built', async () => {
    await expect(shell('true', { workingDirectory: '/nowhere' })).rejects.toMatchObject({
      code: 'LaunchFailed',
      message: expect.stringContaining('/nowhere'),
    });
    const mounts = [
      { source: join(folder, 'missing'), target: '/opt/x', mode: 'read-only' },
    ] as const;
    await expect(shell('true', { mounts, workingDirectory: '/' })).rejects.toMatchObject({
      name: 'SandboxError',
    });
  });

  it('leaves no control group behind, whether a launch succeeds or fails', async (context) => {
    context.skip(setup.cgroup === 'none', 'no control groups here');
    const own = await openHost('groups');
    await (await own.launch(spec(['/bin/true']))).exited;
    await own.launch(spec(['/bin/true'], { workingDirectory: '/nowhere' })).catch(() => undefined);
    expect(await own.killLeftovers()).toBe(0);
    // Removing the installation's own group fails where one is left in it.
    await own.close();
  });

  it('kills at the next start what a killed process has left', async (context) => {
    context.skip(setup.cgroup === 'none', 'no control groups here');
    const before = await openHost('crashed');
    const sandbox = await before.launch(spec(['/bin/sh', '-c', 'sleep 600 & sleep 600']));
    const after = await openHost('crashed');
    expect(await after.killLeftovers()).toBeGreaterThanOrEqual(2);
    expect((await sandbox.exited).signal).toBe('SIGKILL');
    await before.close();
  });

  it('ends everything when it is closed, and starts nothing more', async () => {
    const own = await openHost('closed');
    const network = await own.createStudioNetwork({ hostUid });
    const sandbox = await own.launch(spec(['/bin/sleep', '600'], { network }));
    await own.close();
    expect((await sandbox.exited).signal).toBe('SIGKILL');
    await network.ended;
    await expect(own.launch(spec(['/bin/true']))).rejects.toMatchObject({ code: 'HostClosed' });
  });

  it('runs what a data scientist runs: a kernel with a plot, Git, Node.js', async () => {
    const cell =
      'import numpy, pandas, matplotlib.pyplot as plot\\nplot.plot(numpy.arange(3))\\npandas.DataFrame({\\"a\\": [1]}).shape';
    const notebook = `{"cells":[{"cell_type":"code","source":"${cell}","metadata":{},"outputs":[],"execution_count":null}],"metadata":{},"nbformat":4,"nbformat_minor":4}`;
    await writeFile(join(folder, 'plot.ipynb'), notebook, { mode: 0o666 });
    const execute =
      'import nbformat, nbclient; book = nbformat.read("plot.ipynb", 4); nbclient.NotebookClient(book, kernel_name="python3").execute(); print([o["output_type"] for o in book.cells[0].outputs])';
    const output = await outputOf(
      `python3 -c '${execute}' && git init -q g && cd g && git status --short && node -p 6*7`,
    );
    expect(output.split('\n')).toEqual(["['execute_result', 'display_data']", '42']);
  });
});
