import type { Job } from '@strongroom/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';

const jobId = 'a'.repeat(32) as Job['jobId'];
const definition = {
  ...{ name: 'rates', notebookPath: 'work/rates.ipynb', kernelName: null, imageName: null },
  ...{ parameters: { year: 2026, region: '02', dry: true, text: '7' }, instanceType: null },
  ...{ output: { kind: 'bucket', bucket: 'research', prefix: 'runs' } as const },
  ...{ maximumRetries: 0, maximumMinutes: 1440 },
};
const job: Job = {
  ...{ jobId, profileName: 'alice' as never, definition, scheduleId: null, attempt: 1 },
  ...{ status: 'failed', createdAt: '2026-03-01T09:00:00.000Z', startedAt: null },
  ...{ endedAt: '2026-03-01T09:05:00.000Z', progress: { finishedCells: 2, totalCells: 5 } },
  ...{ outputLocation: null, failure: { code: 'CellFailed', message: 'No\u001b[2J', cell: 2 } },
};

let double: Awaited<ReturnType<typeof openOperatorDouble>>;
afterEach(() => double.close());

describe('strongroom job run', () => {
  it('sends what is to be run, waits, and names the cell that failed', async () => {
    double = await openOperatorDouble({ 'POST /people/alice/jobs': job });
    const { status, lines } = await double.run(
      ...['job', 'run', 'work/rates.ipynb', '--profile', 'alice', '--wait'],
      ...['--output', 's3://research/runs', '--parameter', 'year=2026', 'region=02', 'dry=true'],
      'text="7"',
    );
    expect(double.bodies).toEqual([definition]);
    expect(lines[1]).toBe('failed in cell 3: No\ufffd[2J');
    expect(status).toBe(1);
  });

  it('is refused before it is sent, where a parameter has no value', async () => {
    double = await openOperatorDouble({});
    const words = ['job', 'run', 'x.ipynb', '--profile', 'alice', '--parameter', 'year'];
    await expect(double.run(...words)).rejects.toThrow('"year"');
    expect(double.bodies).toEqual([]);
  });
});

describe('strongroom job list, log and cancel', () => {
  it('print letters that do nothing to the terminal', async () => {
    double = await openOperatorDouble({
      'GET /people/alice/jobs': { jobs: [job], cursor: null },
      [`GET /people/alice/jobs/${jobId}/log`]: {
        lines: [{ time: '2026-03-01T09:00:00.000Z', text: '\u001b[31mred' }],
      },
      [`POST /people/alice/jobs/${jobId}/cancel`]: { ...job, status: 'cancelled' },
    });
    const ask = async (...words: string[]) =>
      (await double.run('job', ...words, '--profile', 'alice')).lines;
    expect((await ask('list'))[1]).toMatch(/^a{32} +failed +2026-03-01 09:00 +2\/5 +rates$/);
    expect(await ask('log', jobId)).toEqual(['2026-03-01T09:00:00.000Z  \ufffd[31mred']);
    expect(await ask('cancel', jobId)).toEqual(['cancelled']);
  });
});
