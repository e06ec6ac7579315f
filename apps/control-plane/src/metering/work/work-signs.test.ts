import { describe, expect, it } from 'vitest';
import { kernelWords } from './testing/traces.ts';
import { type WorkSample, workSign } from './work-signs.ts';

const before = { at: 0, cpuSeconds: 100 };
const sample = (change: Partial<WorkSample> = {}): WorkSample => ({
  ...{ at: 120_000, cpuSeconds: 100.2, processes: [], gpuPercent: undefined },
  ...change,
});
const process = (...argv: string[]) => ({
  ...{ pid: 2, parentPid: 1, isMain: false, argv, sleepsIn: 'pipe_read' },
});
const main = { pid: 1, parentPid: 0, isMain: true, argv: kernelWords, sleepsIn: 'ep_poll' };
const pythonOf = (words: string) => process('/usr/bin/python3', '-c', words);
const forkServer = pythonOf('from multiprocessing.forkserver import main; main(9)');

describe('what shows that an app works', () => {
  it.each([
    ['nothing', sample(), undefined],
    ['the processor', sample({ cpuSeconds: 101 }), 'processor'],
    ['a GPU', sample({ gpuPercent: 1 }), 'gpu'],
    ['a GPU that rests', sample({ gpuPercent: 0 }), undefined],
    ['a program', sample({ processes: [main, process('sleep', '60')] }), 'processes'],
    [
      'a forked worker that waits',
      sample({ processes: [main, process(...kernelWords)] }),
      undefined,
    ],
    [
      'a forked worker that waits for the network',
      sample({ processes: [main, { ...process(...kernelWords), sleepsIn: 'sk_wait_data' }] }),
      'processes',
    ],
    [
      'a server of forks',
      sample({ processes: [main, { ...forkServer, sleepsIn: 'ep_poll' }] }),
      undefined,
    ],
    [
      'what it forked and sleeps a time',
      sample({ processes: [main, { ...forkServer, parentPid: 7, sleepsIn: 'hrtimer_nanosleep' }] }),
      'processes',
    ],
    [
      'a tracker of resources',
      sample({
        processes: [main, pythonOf('from multiprocessing.resource_tracker import main;main(3)')],
      }),
      undefined,
    ],
    ['a program with no words', sample({ processes: [main, process()] }), 'processes'],
    ['no measure', sample({ cpuSeconds: undefined }), 'unknown'],
    ['no processes to see', sample({ processes: undefined }), undefined],
  ])('is, of %s, told', (_what, seen, sign) => {
    expect(workSign('KernelGateway', before, seen)).toBe(sign);
  });

  it('is not known at the first look', () => {
    expect(workSign('KernelGateway', undefined, sample())).toBe('unknown');
  });

  it.each([
    ['a prompt', ['/bin/bash', '-i'], undefined],
    ['a login shell', ['-zsh'], undefined],
    ['a shell with a file of settings', ['bash', '--rcfile', 'settings.sh'], undefined],
    ['a script after settings', ['bash', '--rcfile', 'settings.sh', 'run.sh'], 'processes'],
    ['a script', ['bash', 'train.sh'], 'processes'],
    ['a command of a shell', ['sh', '-c', 'sleep 9'], 'processes'],
    ['any program', ['htop'], 'processes'],
  ])('of a studio’s server is not its prompts: %s', (_what, argv, sign) => {
    const processes = [{ ...main, argv: ['node', 'agent.js'] }, process(...argv)];
    expect(workSign('JupyterServer', before, sample({ processes }))).toBe(sign);
  });
});
