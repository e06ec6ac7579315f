import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartKernelRequest } from '@strongroom/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HomeFolder } from '../contents/home-folder.ts';
import { LocalControlPlane, pythonKernel, refusal } from '../testing/local-control-plane.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';
import { readNotebookInstanceType } from './notebook-instance-type.ts';

const brokenKernel = {
  ...pythonKernel,
  name: 'bash__broken',
  specName: 'broken',
  imageName: 'bash',
  argv: ['/bin/false', '{connection_file}'],
};

const patience = { timeout: 20_000 };
let home: string;
let controlPlane: LocalControlPlane;
let agent: TestAgent;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'sessions-'));
  controlPlane = new LocalControlPlane(home);
  controlPlane.offered = {
    defaultName: 'python3',
    kernels: [pythonKernel, { ...pythonKernel, name: 'bash__py', imageName: 'bash' }, brokenKernel],
  };
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

async function open(path: string, kernel: object = {}) {
  const body = { path, type: 'notebook', name: path, kernel };
  const answer = await agent.send('POST', '/api/sessions', { body });
  expect(answer.status).toBe(201);
  return answer.json();
}

function writeNotebook(name: string, metadata: unknown): void {
  const notebook = { cells: [], metadata, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(join(home, name), JSON.stringify(notebook));
}

test('a notebook without a wish runs on the default type, one with a wish on that', async () => {
  writeNotebook('plain.ipynb', {});
  writeNotebook('large.ipynb', { instance_type: 'ml.m5.xlarge' });
  const plain = await open('plain.ipynb');
  const large = await open('large.ipynb');
  expect(plain.kernel).toMatchObject({ instance_type: 'ml.t3.medium', image_name: 'host-python' });
  expect(large.kernel).toMatchObject({ instance_type: 'ml.m5.xlarge' });
  expect(controlPlane.started.map(({ instanceType }) => instanceType)).toEqual([
    'ml.t3.medium',
    'ml.m5.xlarge',
  ]);
});

test('a session at a path of its own making has the type of the notebook that it names', async () => {
  mkdirSync(join(home, 'work'));
  writeNotebook('work/large.ipynb', { instance_type: 'ml.m5.xlarge' });
  const open = async (name: string) => {
    const body = { path: `work/${randomUUID()}`, type: 'notebook', name, kernel: {} };
    return (await agent.send('POST', '/api/sessions', { body })).json();
  };
  expect((await open('large.ipynb')).kernel).toMatchObject({ instance_type: 'ml.m5.xlarge' });
  expect((await open('../work/large.ipynb')).kernel).toMatchObject({
    instance_type: 'ml.t3.medium',
  });
});

test('what the request names comes before what the notebook names', async () => {
  writeNotebook('large.ipynb', { instance_type: 'ml.m5.xlarge' });
  const session = await open('large.ipynb', { name: 'bash__py', instance_type: 'ml.c5.large' });
  expect(session.kernel).toMatchObject({ instance_type: 'ml.c5.large', image_name: 'bash' });
  expect(controlPlane.started[0]).toMatchObject({ imageName: 'bash', instanceType: 'ml.c5.large' });
});

test.each([
  ['no JSON', '{"instance_type"'],
  ['a list', '[{"instance_type": "ml.m5.large"}]'],
  ['metadata that are none', '{"metadata": "instance_type", "instance_type": "ml.m5.large"}'],
  ['a number', '{"metadata": {"instance_type": 5}}'],
  ['a name that is none', '{"metadata": {"instance_type": "ml.m5.large; rm -rf /"}}'],
  ['the size of the studio server', '{"metadata": {"instance_type": "system"}}'],
  ['a prototype', '{"metadata": {"__proto__": {"instance_type": "ml.m5.large"}}}'],
  ['a very long name', `{"metadata": {"instance_type": "ml.${'m'.repeat(100)}.large"}}`],
])('a notebook that holds %s gets the default type', async (_what, text) => {
  writeFileSync(join(home, 'hostile.ipynb'), text);
  expect(await readNotebookInstanceType(new HomeFolder(home), 'hostile.ipynb')).toBeUndefined();
});

test('a request for what is no instance type is refused', async () => {
  for (const name of ['large', 5, 'system', 'ml.m5.large\n']) {
    const body = { path: 'a.ipynb', type: 'notebook', kernel: { instance_type: name } };
    expect((await agent.send('POST', '/api/sessions', { body })).status).toBe(400);
  }
  expect(controlPlane.started).toEqual([]);
});

test('a change of the type alone keeps the kernel spec, a change of the spec alone the type', async () => {
  const session = await open('change.ipynb', { name: 'bash__py' });
  const url = `/api/sessions/${session.id}`;
  const larger = await agent.send('PATCH', url, {
    body: { kernel: { instance_type: 'ml.m5.large' } },
  });
  expect(larger.json().kernel).toMatchObject({ name: 'bash__py', instance_type: 'ml.m5.large' });
  const other = await agent.send('PATCH', url, { body: { kernel: { name: 'python3' } } });
  expect(other.json().kernel).toMatchObject({ name: 'python3', instance_type: 'ml.m5.large' });
  expect(controlPlane.kernelIds()).toEqual([other.json().kernel.id]);
  // A change never waits: what it would replace may be what it waits for.
  expect(controlPlane.started.map(({ mayQueue }) => mayQueue)).toEqual([undefined, false, false]);
});

test('of two changes at once none leaves a kernel behind', async () => {
  const session = await open('twice.ipynb');
  const answers = await Promise.all(
    ['ml.m5.large', 'ml.c5.large'].map((instance_type) =>
      agent.send('PATCH', `/api/sessions/${session.id}`, { body: { kernel: { instance_type } } }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  const after = (await agent.send('GET', `/api/sessions/${session.id}`)).json();
  expect(controlPlane.kernelIds()).toEqual([after.kernel.id]);
});

test('a restart keeps type and image', async () => {
  const { kernel } = await open('a.ipynb', { name: 'bash__py', instance_type: 'ml.m5.large' });
  const restarted = await agent.send('POST', `/api/kernels/${kernel.id}/restart`);
  expect(restarted.json()).toMatchObject({ instance_type: 'ml.m5.large', image_name: 'bash' });
  expect(controlPlane.started[1]).toMatchObject({ imageName: 'bash', instanceType: 'ml.m5.large' });
});

test.each([
  ['is not free now', 'InstanceTypeBusy', 'Every GPU is taken'],
  ['costs more than is left', 'BudgetReached', 'The budget of this month is used up'],
])(
  'a change to a type that %s is refused, not queued, and leaves notebook, session and kernel as they were',
  async (_what, code, message) => {
    writeNotebook('kept.ipynb', { instance_type: 'ml.t3.medium' });
    const written = readFileSync(join(home, 'kept.ipynb'), 'utf8');
    const session = await open('kept.ipynb');
    let asked: StartKernelRequest | undefined;
    controlPlane.judge = (request) => {
      asked = request;
      throw refusal(code, message);
    };
    const answer = await agent.send('PATCH', `/api/sessions/${session.id}`, {
      body: { path: 'moved.ipynb', kernel: { instance_type: 'ml.p4d.24xlarge' } },
    });
    expect(answer.status).toBe(503);
    expect(answer.json()).toMatchObject({ code, message });
    expect(asked).toMatchObject({ instanceType: 'ml.p4d.24xlarge', mayQueue: false });
    const after = (await agent.send('GET', `/api/sessions/${session.id}`)).json();
    expect(after).toMatchObject({ path: 'kept.ipynb', kernel: { id: session.kernel.id } });
    expect(controlPlane.kernelIds()).toEqual([session.kernel.id]);
    expect(readFileSync(join(home, 'kept.ipynb'), 'utf8')).toBe(written);
  },
);

test('a kernel that starts and cannot live leaves session and kernel as they were', async () => {
  const session = await open('kept.ipynb');
  const answer = await agent.send('PATCH', `/api/sessions/${session.id}`, {
    body: { kernel: { name: 'bash__broken' } },
  });
  expect(answer.json()).toMatchObject({ reason: 'Unavailable' });
  const after = (await agent.send('GET', `/api/sessions/${session.id}`)).json();
  expect(after.kernel.id).toBe(session.kernel.id);
  expect((await agent.send('GET', '/api/kernels')).json()).toHaveLength(1);
});

test('a kernel that was ended for a reason is dead with that reason and not started again', async () => {
  const { kernel } = await open('idle.ipynb');
  const reason = {
    english: 'It was idle for 60 minutes.',
    korean: '60분 동안 사용하지 않았습니다.',
  };
  controlPlane.kill(kernel.id, { reason });
  const read = async () => (await agent.send('GET', `/api/kernels/${kernel.id}`)).json();
  await expect.poll(async () => (await read()).execution_state, patience).toBe('dead');
  expect((await read()).reason).toContain(reason.english);
  expect(controlPlane.started).toHaveLength(1);
});

test('a kernel that ran out of memory is started again', async () => {
  const { kernel } = await open('memory.ipynb');
  const reason = { english: 'All of its memory.', korean: '메모리 전부.' };
  controlPlane.kill(kernel.id, { outOfMemory: true, reason });
  await expect.poll(() => controlPlane.started.length, patience).toBe(2);
  expect(controlPlane.started[1]).toMatchObject({ kernelId: kernel.id });
});
