import { once } from 'node:events';
import {
  ContentsManager,
  Drive,
  EventManager,
  KernelSpecManager,
  SettingManager,
  WorkspaceManager,
} from '@jupyterlab/services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type JupyterServer, startJupyterServer } from './support/jupyter-server.ts';

let server: JupyterServer;

beforeAll(async () => {
  server = await startJupyterServer();
});

afterAll(() => server.close());

test('the contents manager saves, reads, renames, copies and deletes', async () => {
  const { settings: serverSettings } = server;
  const contents = new ContentsManager({ defaultDrive: new Drive({ serverSettings }) });
  const created = await contents.newUntitled({ type: 'notebook' });
  expect(created.path).toBe('Untitled.ipynb');
  const notebook = await contents.get(created.path);
  await contents.save(created.path, { ...notebook, format: 'json' });
  const checkpoint = await contents.createCheckpoint(created.path);
  expect(checkpoint.id).not.toBe('');
  await contents.rename(created.path, 'kept.ipynb');
  await contents.copy('kept.ipynb', '');
  await contents.delete('kept.ipynb');
  const listing = await contents.get('', { content: true });
  const names = (listing.content as { name: string }[]).map(({ name }) => name);
  expect(names).toContain('kept-Copy1.ipynb');
  expect(names).not.toContain('kept.ipynb');
  contents.dispose();
});

test('the kernel spec manager finds the kernels of the image and their logos', async () => {
  const specs = new KernelSpecManager({ serverSettings: server.settings });
  await specs.ready;
  expect(specs.specs?.default).toBe('python3');
  const python = specs.specs?.kernelspecs.python3;
  expect(python).toMatchObject({ language: 'python', metadata: { debugger: true } });
  const logo = await fetch(new URL(python?.resources['logo-64x64'] ?? '', server.url));
  expect(logo.headers.get('content-type')).toBe('image/png');
  expect(Number(logo.headers.get('content-length'))).toBeGreaterThan(100);
  specs.dispose();
});

test('a file of a kernel spec is served by name only', async () => {
  for (const path of ['kernel.json', '..%2Fpython3%2Flogo-64x64.png', 'none.png']) {
    const response = await fetch(`${server.url}kernelspecs/python3/${path}`);
    expect(response.status).toBe(404);
  }
});

test('workspaces are kept', async () => {
  const workspaces = new WorkspaceManager({ serverSettings: server.settings });
  await workspaces.save('desk', { data: { 'layout:x': 1 }, metadata: { id: 'desk' } } as never);
  expect(await workspaces.fetch('desk')).toMatchObject({ data: { 'layout:x': 1 } });
  await workspaces.remove('desk');
  expect((await workspaces.list()).ids).not.toContain('desk');
});

test('settings are listed', async () => {
  const settings = new SettingManager({ serverSettings: server.settings });
  expect((await settings.list('ids')).ids.length).toBeGreaterThan(0);
});

test('an event that one page emits reaches every page', async () => {
  const page = new WebSocket(`${server.settings.wsUrl}api/events/subscribe`);
  await once(page, 'open');
  const seen = once(page, 'message');
  const events = new EventManager({ serverSettings: server.settings });
  await events.emit({ schema_id: 'https://strongroom.test/e', version: '1', data: { n: 1 } });
  const [data] = (await seen) as [Buffer];
  expect(JSON.parse(data.toString())).toMatchObject({
    schema_id: 'https://strongroom.test/e',
    n: 1,
  });
  events.dispose();
  page.close();
});
