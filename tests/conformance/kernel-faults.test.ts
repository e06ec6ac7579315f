import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KernelManager } from '@jupyterlab/services';
import { afterEach, expect, test } from 'vitest';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';
import { nextSignal, runCode } from './support/run-code.ts';

let server: JupyterServer | undefined;
let manager: KernelManager | undefined;

afterEach(async () => {
  manager?.dispose();
  await server?.close();
});

async function start(...options: Parameters<typeof startJupyterServer>): Promise<KernelManager> {
  server = await startJupyterServer(...options);
  manager = new KernelManager({ serverSettings: server.settings });
  await manager.ready;
  return manager;
}

function addKernelSpec(name: string, spec: object): void {
  const home = server?.controlPlane.home ?? '';
  const folder = join(home, '.local/share/jupyter/kernels', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kernel.json'), JSON.stringify(spec));
}

test("the control plane's refusal of a kernel reaches the client in its own words", async () => {
  const message = 'The instance type "ml.p4d.24xlarge" is not one of this domain\'s';
  const kernels = await start({ refuseKernels: { code: 'AccessDenied', message } });
  await expect(kernels.startNew({ name: 'python3' })).rejects.toMatchObject({
    message,
    response: { status: 403 },
  });
  await kernels.refreshRunning();
  expect([...kernels.running()]).toEqual([]);
});

test('an unknown kernel spec is refused by name', async () => {
  const kernels = await start();
  await expect(kernels.startNew({ name: 'julia' })).rejects.toMatchObject({
    message: expect.stringContaining('"julia"'),
    response: { status: 404 },
  });
});

test('a kernel that ends again and again is dead after a few starts, with the reason', async () => {
  const kernels = await start();
  addKernelSpec('broken', {
    argv: ['/bin/sh', '-c', 'exit 3', '{connection_file}'],
    display_name: 'Broken',
    language: 'python',
  });
  const kernel = await kernels.startNew({ name: 'broken' });
  if (kernel.status !== 'dead') {
    await nextSignal(kernel.statusChanged, (status) => status === 'dead');
  }
  expect(kernel.model.reason).toContain('exit code 3');
  const running = await fetch(`${server?.url}api/kernels/${kernel.id}`);
  expect(await running.json()).toMatchObject({ execution_state: 'dead', connections: 0 });
});

test('endless printing is cut with a notice that names the limit, and can be interrupted', async () => {
  const kernels = await start();
  const kernel = await kernels.startNew({ name: 'python3' });
  let isInterrupted = false;
  const { reply, stderr } = await runCode(
    kernel,
    "line = 'x' * 1_000_000\nwhile True: print(line, flush=True)",
    ({ content }) => {
      const stream = content as { name?: string };
      if (stream.name !== 'stderr' || isInterrupted) return;
      isInterrupted = true;
      void kernel.interrupt();
    },
  );
  expect(stderr).toContain('32 MiB');
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
  const { stdout } = await runCode(kernel, "print('still here')");
  expect(stdout).toBe('still here\n');
});

test('prints of 20 MB and 5,000 prints arrive whole, cell after cell', async () => {
  const kernels = await start();
  const kernel = await kernels.startNew({ name: 'python3' });
  const large = await runCode(kernel, "print('x' * 20_000_000)");
  expect(large.stdout.length).toBe(20_000_001);
  const again = await runCode(kernel, "print('y' * 20_000_000)");
  expect(again.stdout.length).toBe(20_000_001);
  // ipykernel's publisher drops what is beyond 1,000 waiting messages, whoever listens.
  const many = await runCode(
    kernel,
    'import time\nfor n in range(5_000):\n print(n, flush=True)\n if n % 500 == 499: time.sleep(0.1)',
  );
  expect(many.stdout.trim().split('\n').length).toBe(5_000);
  expect(large.stderr + again.stderr + many.stderr).toBe('');
});

test('an output too large to take is left out with a notice, and its cell ends', async () => {
  const kernels = await start();
  const kernel = await kernels.startNew({ name: 'python3' });
  const { reply, stdout, stderr } = await runCode(kernel, "print('x' * 140_000_000)");
  expect(reply.content.status).toBe('ok');
  expect(stdout).toBe('');
  expect(stderr).toContain('128 MiB');
  const next = await runCode(kernel, "print('next')");
  expect(next.stdout).toBe('next\n');
});

test('a kernel whose interrupt mode is a signal gets one where it does not answer', async () => {
  const kernels = await start();
  const program = `
import signal, sys
from ipykernel.kernelapp import IPKernelApp
from ipykernel.ipkernel import IPythonKernel
class Deaf(IPythonKernel):
    async def interrupt_request(self, stream, ident, parent): pass
IPKernelApp.launch_instance(kernel_class=Deaf)`;
  addKernelSpec('deaf', {
    argv: ['/usr/bin/python3', '-c', program, '-f', '{connection_file}'],
    display_name: 'Deaf',
    language: 'python',
    interrupt_mode: 'signal',
  });
  const kernel = await kernels.startNew({ name: 'deaf' });
  let isInterrupted = false;
  const { reply } = await runCode(
    kernel,
    "import time\nprint('begun', flush=True)\ntime.sleep(60)",
    ({ header }) => {
      if (header.msg_type !== 'stream' || isInterrupted) return;
      isInterrupted = true;
      void kernel.interrupt();
    },
  );
  expect(reply.content).toMatchObject({ status: 'error', ename: 'KeyboardInterrupt' });
});
