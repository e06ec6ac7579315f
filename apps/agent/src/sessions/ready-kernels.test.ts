import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { KernelPage } from '../testing/kernel-page.ts';
import { LocalControlPlane, pythonKernel, refusal } from '../testing/local-control-plane.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

const patience = { timeout: 20_000 };
let home: string;
let controlPlane: LocalControlPlane;
let agent: TestAgent;
let readyId: string | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ready-'));
  controlPlane = new LocalControlPlane(home);
  const foreign = { ...pythonKernel, name: 'other', language: 'other' };
  controlPlane.offered = { defaultName: 'python3', kernels: [pythonKernel, foreign] };
  controlPlane.resizedEnvironment = { OMP_NUM_THREADS: '8', QUOTED: '"\n’' };
  agent = await startTestAgent(
    { homeFolder: home, instanceType: 'ml.t3.medium' },
    { channel: controlPlane.channel },
  );
});

afterEach(async () => {
  await agent.close();
  await controlPlane.close();
  rmSync(home, { recursive: true });
});

async function prepare(kernelSpecName = 'python3', isKept = false): Promise<void> {
  controlPlane.emit('prepareKernel', { kernelSpecName, count: 1, isKept });
  await expect.poll(() => controlPlane.started.length, patience).toBe(1);
  readyId = controlPlane.started[0]?.kernelId;
}

async function open(kernel: object, path = 'a.ipynb') {
  const body = { path, type: 'notebook', name: path, kernel: { name: 'python3', ...kernel } };
  return await agent.send('POST', '/api/sessions', { body });
}

async function run(kernelId: string, code: string) {
  const page = await KernelPage.open(agent.socketPath, kernelId);
  await page.ended(page.run('cell', code));
  page.close();
  const { content } = await page.message(({ header }) => header.msg_type === 'stream');
  return JSON.parse(content.text);
}

test('a ready kernel is had on another type, with what that tells libraries, and as nobody had used it', async () => {
  await prepare();
  const { kernel } = (await open({ instance_type: 'ml.m5.large' })).json();
  expect(kernel).toMatchObject({ id: readyId, instance_type: 'ml.m5.large' });
  expect(controlPlane.resized).toEqual([{ kernelId: readyId, instanceType: 'ml.m5.large' }]);
  const code = `
import json, os as system
print(json.dumps([system.environ['OMP_NUM_THREADS'], system.environ['QUOTED'], len(In), 'os' in dir()]))`;
  expect(await run(kernel.id, code)).toEqual(['8', '"\n’', 2, false]);
});

test('one that was handed over on another type is started again on that', async () => {
  await prepare('python3', true);
  const { kernel } = (await open({ instance_type: 'ml.m5.large' })).json();
  await expect.poll(() => controlPlane.started.length, patience).toBe(2);
  const restarted = await agent.send('POST', `/api/kernels/${kernel.id}/restart`);
  expect(restarted.json()).toMatchObject({ id: readyId, instance_type: 'ml.m5.large' });
  expect(controlPlane.started.map(({ instanceType }) => instanceType)).toEqual([
    ...['ml.t3.medium', 'ml.t3.medium', 'ml.m5.large'],
  ]);
});

test('where a running kernel cannot have the type another is started, and that one stays ready', async () => {
  await prepare();
  controlPlane.judgeResize = () => {
    throw refusal('KernelNotResizable', 'It has GPUs');
  };
  const { kernel } = (await open({ instance_type: 'ml.g5.xlarge' })).json();
  expect(kernel.instance_type).toBe('ml.g5.xlarge');
  expect(controlPlane.started[1]).toMatchObject({
    ...{ kernelId: kernel.id, instanceType: 'ml.g5.xlarge' },
  });
  expect((await open({}, 'b.ipynb')).json().kernel.id).toBe(readyId);
});

test.each(['AccessDenied', 'BudgetReached', 'AuditUnavailable'])(
  'what is refused with %s is not tried with a start, and the kernel stays ready',
  async (code) => {
    await prepare();
    controlPlane.judgeResize = () => {
      throw refusal(code, 'No');
    };
    const answer = await open({ instance_type: 'ml.m5.large' });
    expect(answer.json()).toMatchObject({ code, message: 'No' });
    expect(controlPlane.started).toHaveLength(1);
    expect((await open({})).json().kernel).toMatchObject({
      ...{ id: readyId, instance_type: 'ml.t3.medium' },
    });
  },
);

test('one that dies while it is handed over is nobody’s, and another is started on that type', async () => {
  await prepare();
  controlPlane.judgeResize = ({ kernelId }) => controlPlane.kill(kernelId);
  const { kernel } = (await open({ instance_type: 'ml.m5.large' })).json();
  expect(kernel.id).not.toBe(readyId);
  expect(kernel.instance_type).toBe('ml.m5.large');
  await expect.poll(() => controlPlane.kernelIds(), patience).toEqual([kernel.id]);
});

test('a kernel whose environment cannot be set from within is not asked for', async () => {
  await prepare('other');
  const { kernel } = (await open({ name: 'other', instance_type: 'ml.m5.large' })).json();
  expect(kernel.id).not.toBe(readyId);
  expect(controlPlane.resized).toEqual([]);
});
