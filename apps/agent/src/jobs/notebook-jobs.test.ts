import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentNotice, RunNotebookRequest } from '@strongroom/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { LocalControlPlane, pythonKernel, refusal } from '../testing/local-control-plane.ts';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

type Ended = Extract<AgentNotice, { notice: 'notebookEnded' }>;

let home: string;
let controlPlane: LocalControlPlane;
let agent: TestAgent;
let jobCount = 0;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'jobs-'));
  controlPlane = new LocalControlPlane(home);
  controlPlane.offered = {
    defaultName: 'python3',
    kernels: [pythonKernel, { ...pythonKernel, name: 'bash__py', imageName: 'bash' }],
  };
  agent = await startTestAgent(
    { homeFolder: home, instanceType: 'ml.t3.medium' },
    { channel: controlPlane.channel },
  );
});

afterAll(async () => {
  await agent.close();
  await controlPlane.close();
  rmSync(home, { recursive: true });
});

beforeEach(() => {
  controlPlane.notices.length = 0;
  controlPlane.judge = () => {};
});

type Cell = readonly [source: string, ...tags: string[]];

function begin(
  cells: readonly Cell[],
  changes: Partial<RunNotebookRequest> = {},
  metadata: Readonly<Record<string, unknown>> = {},
) {
  jobCount += 1;
  const notebook = {
    ...{
      nbformat: 4,
      nbformat_minor: 5,
      metadata: { kernelspec: { name: 'python3' }, ...metadata },
    },
    cells: cells.map(([source, ...tags], index) => ({
      ...{ cell_type: 'code', id: `c${index}`, metadata: { tags }, source },
      ...{ outputs: [], execution_count: null },
    })),
  };
  writeFileSync(join(home, 'input.ipynb'), JSON.stringify(notebook));
  const request = {
    jobId: jobCount.toString(16).padStart(32, '0'),
    notebookFile: join(home, 'input.ipynb'),
    outputFile: join(home, `results/${jobCount}/output.ipynb`),
    parameters: {},
    kernelName: null,
    instanceType: 'ml.m5.large',
    ...changes,
  } as RunNotebookRequest;
  controlPlane.emit('runNotebook', { event: 'runNotebook', request });
  return request;
}

async function ended({ jobId }: RunNotebookRequest): Promise<Ended> {
  return (await controlPlane.notice(
    (told) => told.notice === 'notebookEnded' && told.jobId === jobId,
  )) as Ended;
}

/** Its kernel has printed something; that kernel. */
async function printing({ jobId }: RunNotebookRequest): Promise<string> {
  await controlPlane.notice((told) => told.notice === 'notebookOutput' && told.jobId === jobId);
  return controlPlane.started.at(-1)?.kernelId ?? '';
}

const outputOf = ({ outputFile }: RunNotebookRequest) =>
  JSON.parse(readFileSync(outputFile, 'utf8'));
const log = () =>
  controlPlane.notices.map((told) => (told.notice === 'notebookOutput' ? told.text : '')).join('');

test('a notebook runs with its parameters, tells how far it is, and says where it comes from', async () => {
  const request = begin(
    [
      ['year = 1', 'parameters'],
      ["print('a'); print('b')"],
      [''],
      ['year'],
      ["raise SystemError('meant')", 'raises-exception'],
      ["raise SystemError('never')", 'skip-execution'],
      [
        "from IPython.display import display\nbar = display({'text/plain': '0'}, raw=True, display_id='x')",
      ],
      ["bar.update({'text/plain': '100'}, raw=True)"],
    ],
    { parameters: { year: 2024 } },
  );
  expect(await ended(request)).toMatchObject({ outcome: 'completed', failure: null });
  const { cells, metadata } = outputOf(request);
  expect(cells.map(({ outputs }: { outputs: object[] }) => outputs)).toMatchObject([
    [],
    [],
    [{ output_type: 'stream', text: ['a\n', 'b\n'] }],
    [],
    [{ output_type: 'execute_result', data: { 'text/plain': ['2024'] } }],
    [{ output_type: 'error', ename: 'SystemError' }],
    [],
    [{ output_type: 'display_data', data: { 'text/plain': ['100'] } }],
    [],
  ]);
  expect(metadata.strongroom.job).toMatchObject({
    ...{ job_id: request.jobId, notebook: 'input.ipynb', parameters: { year: 2024 } },
    ...{ kernel_name: 'python3', image_name: 'host-python', instance_type: 'ml.m5.large' },
    ...{ outcome: 'completed', failure: null },
  });
  const progress = controlPlane.notices.filter(({ notice }) => notice === 'notebookProgress');
  expect(progress.at(0)).toMatchObject({ finishedCells: 0, totalCells: 8 });
  expect(progress.at(-1)).toMatchObject({ finishedCells: 8, totalCells: 8 });
  expect(log()).toContain('a\nb\n');
  expect(controlPlane.started.at(-1)).toMatchObject({ instanceType: 'ml.m5.large' });
  expect(controlPlane.kernelIds()).toEqual([]);
});

test.each([
  ['its own', null, { instance_type: 'ml.c5.large' }, 'ml.c5.large'],
  ['the one that is asked for', 'ml.m5.large', { instance_type: 'ml.c5.large' }, 'ml.m5.large'],
  ['the default where it names what is none', null, { instance_type: 'system' }, 'ml.t3.medium'],
])('a notebook runs on the instance type that is %s', async (_which, asked, own, used) => {
  const request = begin([['1']], { instanceType: asked as never }, own);
  expect(await ended(request)).toMatchObject({ outcome: 'completed' });
  expect(controlPlane.started.at(-1)).toMatchObject({ instanceType: used });
  expect(outputOf(request).metadata.strongroom.job.instance_type).toBe(used);
});

test('a notebook runs on the image of its own kernel', async () => {
  const request = begin([['1']], { instanceType: null }, { kernelspec: { name: 'bash__py' } });
  expect(await ended(request)).toMatchObject({ outcome: 'completed' });
  expect(controlPlane.started.at(-1)).toMatchObject({
    ...{ imageName: 'bash', instanceType: 'ml.t3.medium' },
  });
});

test('the first error ends it; the output notebook holds what came before, and the error', async () => {
  const request = begin([["print('before')"], ['1 / 0'], ["print('after')"]]);
  expect(await ended(request)).toMatchObject({
    outcome: 'failed',
    failure: { code: 'CellFailed', cell: 1, mayRetry: false },
  });
  expect(outputOf(request).cells).toMatchObject([
    { outputs: [{ text: ['before\n'] }] },
    { outputs: [{ ename: 'ZeroDivisionError' }], execution_count: 2 },
    { outputs: [], execution_count: null },
  ]);
});

test('cells are counted as in the person’s notebook, which has none of its parameters', async () => {
  const request = begin(
    [['year = 1', 'parameters'], [''], ["print('in', year)"], ['1 / 0'], ['2']],
    {
      parameters: { year: 2024 },
    },
  );
  expect(await ended(request)).toMatchObject({ failure: { code: 'CellFailed', cell: 3 } });
  const progress = controlPlane.notices.filter(({ notice }) => notice === 'notebookProgress');
  expect(progress).toMatchObject(
    [0, 0, 2, 3].map((finishedCells) => ({ finishedCells, totalCells: 5 })),
  );
  expect(outputOf(request).cells[4]).toMatchObject({ outputs: [{ ename: 'ZeroDivisionError' }] });
});

test('parameters that cannot be set are no cell of the person’s notebook', async () => {
  const request = begin([['1']], { parameters: { class: 1 } });
  expect(await ended(request)).toMatchObject({ failure: { code: 'CellFailed', cell: null } });
  const progress = controlPlane.notices.filter(({ notice }) => notice === 'notebookProgress');
  expect(progress).toMatchObject([{ finishedCells: 0, totalCells: 1 }]);
});

test('while it runs the studio is awake and its kernel busy; cancelled, the cell is interrupted', async () => {
  const request = begin([["print('begun', flush=True)\nimport time\ntime.sleep(600)"], ['1']]);
  const kernelId = await printing(request);
  const activity = controlPlane.notices.findLast(({ notice }) => notice === 'activity');
  expect(activity).toMatchObject({ kernelCount: 1, busyKernelIds: [kernelId] });
  controlPlane.emit('cancelNotebook', { event: 'cancelNotebook', jobId: request.jobId });
  expect(await ended(request)).toMatchObject({ outcome: 'cancelled', failure: null });
  expect(outputOf(request).cells[0].outputs).toMatchObject([
    { text: ['begun\n'] },
    { ename: 'KeyboardInterrupt' },
  ]);
  await controlPlane.notice((told) => told.notice === 'activity' && told.kernelCount === 0);
});

test('a cell that does not let itself be interrupted is stopped with its kernel', async () => {
  const stubborn = `
import time
print('begun', flush=True)
while True:
    try: time.sleep(600)
    except KeyboardInterrupt: pass`;
  const request = begin([[stubborn]]);
  await printing(request);
  controlPlane.emit('cancelNotebook', { event: 'cancelNotebook', jobId: request.jobId });
  expect(await ended(request)).toMatchObject({ outcome: 'cancelled' });
  expect(controlPlane.kernelIds()).toEqual([]);
});

test.each([
  ['ran out of memory', { outOfMemory: true }, { code: 'OutOfMemory', mayRetry: false }],
  [
    'was ended by a rule',
    { stoppedByPerson: true, reason: { english: 'Over budget.', korean: '예산 초과.' } },
    { code: 'KernelStopped', mayRetry: false, message: expect.stringContaining('Over budget.') },
  ],
  ['was lost', {}, { code: 'KernelDied', mayRetry: true }],
])('a kernel that %s fails the job with its cell', async (_what, told, failure) => {
  const request = begin([["print('begun', flush=True)\nimport time\ntime.sleep(600)"]]);
  controlPlane.kill(await printing(request), told);
  expect(await ended(request)).toMatchObject({
    outcome: 'failed',
    failure: { ...failure, cell: 0 },
  });
});

test.each([
  ['AccessDenied', false],
  ['BudgetReached', false],
  ['InstanceTypeUnavailable', false],
  ['InstanceTypeBusy', true],
  ['SandboxUnavailable', true],
])('a start that is refused as %s is told so, and nothing is written', async (code, mayRetry) => {
  controlPlane.judge = () => {
    throw refusal(code, 'No');
  };
  const request = begin([['1']]);
  expect(await ended(request)).toMatchObject({
    outcome: 'failed',
    failure: { code, message: 'No', cell: null, mayRetry },
  });
  expect(existsSync(request.outputFile)).toBe(false);
});

test('what is no notebook, or no kernel, or not in the home, fails before anything starts', async () => {
  const startCount = controlPlane.started.length;
  symlinkSync('/etc/hostname', join(home, 'link.ipynb'));
  writeFileSync(join(home, 'broken.ipynb'), '{');
  const wrong: [Partial<RunNotebookRequest>, string][] = [
    [{ notebookFile: '/etc/hostname' }, 'Refused'],
    [{ notebookFile: join(home, '../escape.ipynb') }, 'Refused'],
    [{ notebookFile: join(home, 'link.ipynb') }, 'Refused'],
    [{ notebookFile: join(home, 'none.ipynb') }, 'NotFound'],
    [{ notebookFile: join(home, 'broken.ipynb') }, 'InvalidNotebook'],
    [{ kernelName: 'julia' }, 'NotFound'],
  ];
  for (const [changes, code] of wrong) {
    controlPlane.notices.length = 0;
    const request = begin([['1']], changes);
    expect(await ended(request)).toMatchObject({
      outcome: 'failed',
      failure: { code, mayRetry: false },
    });
  }
  expect(controlPlane.started).toHaveLength(startCount);
});

test('an output notebook that cannot be written is a failure, and leaves nothing half written', async () => {
  const request = begin([['1']], { outputFile: '/etc/strongroom-output.ipynb' });
  expect(await ended(request)).toMatchObject({ outcome: 'failed', failure: { code: 'Refused' } });
  expect(existsSync('/etc/strongroom-output.ipynb')).toBe(false);
});
