import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KernelManager, SessionManager } from '@jupyterlab/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';
import { runCode } from './support/run-code.ts';

let server: JupyterServer;
let kernelManager: KernelManager;
let manager: SessionManager;

beforeAll(async () => {
  server = await startJupyterServer();
  kernelManager = new KernelManager({ serverSettings: server.settings });
  manager = new SessionManager({ serverSettings: server.settings, kernelManager });
  await manager.ready;
});

afterAll(async () => {
  manager.dispose();
  kernelManager.dispose();
  await server.close();
});

function openNotebook(path: string) {
  const name = path.split('/').at(-1) ?? path;
  return manager.startNew({ path, type: 'notebook', name, kernel: { name: 'python3' } });
}

test("a session's kernel works in its notebook's folder and knows the notebook", async () => {
  mkdirSync(join(server.controlPlane.home, 'risk'));
  writeFileSync(join(server.controlPlane.home, 'risk/model.ipynb'), '{}');
  const session = await openNotebook('risk/model.ipynb');
  if (session.kernel === null) throw new Error('The session has no kernel');
  const { stdout } = await runCode(
    session.kernel,
    "import os\nprint(os.getcwd())\nprint(os.environ['JPY_SESSION_NAME'])",
  );
  expect(stdout).toBe(
    `${server.controlPlane.home}/risk\n${server.controlPlane.home}/risk/model.ipynb\n`,
  );
  await session.shutdown();
});

test('opening the same notebook twice gives one session and one kernel', async () => {
  const [first, second] = await Promise.all([openNotebook('a.ipynb'), openNotebook('a.ipynb')]);
  expect(second.id).toBe(first.id);
  expect(second.kernel?.id).toBe(first.kernel?.id);
  expect(server.controlPlane.kernelIds().length).toBe(1);
  second.dispose();
  await first.shutdown();
  expect(server.controlPlane.kernelIds()).toEqual([]);
});

test('renaming a notebook keeps its session and kernel', async () => {
  const session = await openNotebook('before.ipynb');
  const kernelId = session.kernel?.id;
  await session.setPath('after.ipynb');
  await session.setName('after.ipynb');
  await manager.refreshRunning();
  expect(await manager.findByPath('after.ipynb')).toMatchObject({
    id: session.id,
    name: 'after.ipynb',
    kernel: { id: kernelId },
  });
  expect(await manager.findByPath('before.ipynb')).toBeUndefined();
  await session.shutdown();
});

test('changing the kernel of a session ends the one it leaves', async () => {
  const session = await openNotebook('change.ipynb');
  const before = session.kernel?.id;
  await session.changeKernel({ name: 'python3' });
  expect(session.kernel?.id).not.toBe(before);
  // The new one answers before the other has ended.
  await expect.poll(() => server.controlPlane.kernelIds()).toEqual([session.kernel?.id]);
  await session.shutdown();
});

test('a session ends with its kernel, however that was shut down', async () => {
  const session = await openNotebook('end.ipynb');
  const { id } = session;
  await session.kernel?.shutdown();
  await manager.refreshRunning();
  expect(await manager.findById(id)).toBeUndefined();
  const response = await fetch(`${server.url}api/sessions/${id}`);
  expect(response.status).toBe(404);
});

test('the control plane is told how many kernels run', async () => {
  const session = await openNotebook('count.ipynb');
  expect(server.controlPlane.activity).toEqual({ kernelCount: 1, terminalCount: 0 });
  await session.shutdown();
  expect(server.controlPlane.activity).toEqual({ kernelCount: 0, terminalCount: 0 });
});

test('a session without a path or of a wrong shape is refused', async () => {
  for (const body of ['{}', '{"path": 1}', '{"path": "x", "kernel": "python3"}', 'nonsense']) {
    const response = await fetch(`${server.url}api/sessions`, { method: 'POST', body });
    expect(response.status).toBe(400);
  }
});
