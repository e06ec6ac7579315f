import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ApiClient, type ApiResponse } from '../support/api-client.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';

const patience = { timeout: 90_000, interval: 250 };
const commandLine = resolve(import.meta.dirname, '../../apps/cli/dist/main.js');

let domain: RunningDomain;
let alice: ApiClient;

beforeAll(async () => {
  domain = await startDomain();
  alice = new ApiClient(domain);
  await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
  await alice.openStudio('alice');
});
afterAll(() => domain.remove());

async function writeNotebook(name: string, ...cells: [source: string, ...tags: string[]][]) {
  const content = {
    ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: 'python3' } } },
    cells: cells.map(([source, ...tags], index) => ({
      ...{ cell_type: 'code', id: `c${index}`, metadata: { tags }, source },
      ...{ outputs: [], execution_count: null },
    })),
  };
  const body = { type: 'notebook', format: 'json', content };
  const path = `/api/contents/${name}`;
  expect((await alice.studio('alice', path, { method: 'PUT', body })).status).toBe(201);
}

const definition = (notebookPath: string, change: object = {}) => ({
  ...{ name: notebookPath, notebookPath, parameters: {}, kernelName: null, imageName: null },
  ...{ instanceType: null, output: { kind: 'home', folder: 'out' }, maximumRetries: 0 },
  ...{ maximumMinutes: 10, ...change },
});
const jobs = (path = '', options: object = {}): Promise<ApiResponse> =>
  alice.studio('alice', `/strongroom/api/jobs${path}`, options);
const begin = async (body: object): Promise<string> =>
  (await jobs('', { method: 'POST', body })).json.jobId;
const until = (jobId: string, expected: object) =>
  expect.poll(async () => (await jobs(`/${jobId}`)).json, patience).toMatchObject(expected);
const logOf = async (jobId: string): Promise<string> =>
  (await jobs(`/${jobId}/log`)).json.lines.map(({ text }: { text: string }) => text).join('\n');

it('a notebook runs with its parameters in a studio that was stopped, and its output is in the home', async () => {
  await writeNotebook(
    'rates.ipynb',
    ['year = 1', 'parameters'],
    ["print('in', year)"],
    ['year + 1'],
  );
  const { apps } = (await alice.console('/api/apps')).json;
  const server = apps.find((app: { appType: string; endedAt: unknown }) =>
    Boolean(app.appType === 'JupyterServer' && app.endedAt === null),
  );
  const stopped = { method: 'DELETE' };
  expect((await alice.console(`/api/profiles/alice/apps/${server.appId}`, stopped)).status).toBe(
    204,
  );
  const body = definition('rates.ipynb', { parameters: { year: 2026 } });
  const { json, status } = await alice.console('/api/jobs', { method: 'POST', body });
  expect([status, json.status]).toEqual([201, 'queued']);
  await until(json.jobId, { status: 'completed', progress: { finishedCells: 3, totalCells: 3 } });
  expect(await logOf(json.jobId)).toContain('in 2026');
  const { outputLocation } = (await jobs(`/${json.jobId}`)).json;
  const path = encodeURIComponent(outputLocation);
  const file = await alice.console(`/api/profiles/alice/files/content?path=${path}`);
  const outputs = file.json.cells.flatMap((cell: { outputs: object[] }) => cell.outputs);
  expect(outputs).toMatchObject([{ text: ['in 2026\n'] }, { data: { 'text/plain': ['2027'] } }]);
});

it('what fails names its cell, and what it had until then goes into the bucket', async () => {
  await writeNotebook('broken.ipynb', ["print('before')"], ['1 / 0'], ["print('after')"]);
  const output = { kind: 'bucket', bucket: 'research-risk-models', prefix: 'runs' };
  const jobId = await begin(definition('broken.ipynb', { output, maximumRetries: 2 }));
  const failure = { code: 'CellFailed', cell: 1, message: 'ZeroDivisionError: division by zero' };
  await until(jobId, { status: 'failed', attempt: 1, failure });
  const { outputLocation } = (await jobs(`/${jobId}`)).json;
  const key = outputLocation.replace('s3://research-risk-models/', '');
  const objects = '/api/buckets/research-risk-models/objects';
  const stored = await alice.console(`${objects}/content?key=${encodeURIComponent(key)}`);
  expect(stored.json.cells[0].outputs).toMatchObject([{ text: ['before\n'] }]);
});

it('what runs is seen and cancelled, here by the operator', async () => {
  await writeNotebook(
    'long.ipynb',
    ["print('begun', flush=True)"],
    ['import time; time.sleep(600)'],
  );
  const jobId = await begin(definition('long.ipynb'));
  await until(jobId, { status: 'running', progress: { finishedCells: 1 } });
  await expect.poll(() => logOf(jobId), patience).toContain('begun');
  const operator = (...words: string[]) => {
    const all = [commandLine, 'job', ...words, '--profile', 'alice'];
    const folder = ['--data-folder', join(domain.folder, 'data')];
    return spawnSync(process.execPath, [...all, ...folder], { encoding: 'utf8' }).stdout;
  };
  expect(operator('list')).toMatch(new RegExp(`${jobId} +running`));
  operator('cancel', jobId);
  await until(jobId, { status: 'cancelled' });
  const all = (await jobs('?limit=10')).json.jobs;
  expect(all.map(({ status }: { status: string }) => status)).toEqual([
    ...['cancelled', 'failed', 'completed'],
  ]);
});
