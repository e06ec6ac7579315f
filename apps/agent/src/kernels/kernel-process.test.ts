import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentError } from '../http/agent-error.ts';
import { parseKernelSpec } from '../kernelspecs/kernel-spec.ts';
import type { KernelExit, KernelHost } from './kernel-host.ts';
import { kernelIdOf } from './kernel-id.ts';
import { KernelProcess } from './kernel-process.ts';
import { kernelTimes } from './kernel-times.ts';

const spec = parseKernelSpec('{"argv":["run","{connection_file}"],"language":"x"}', {
  name: 'x',
  folder: '/x',
  imageName: 'host-python',
});
const exit: KernelExit = {
  exitCode: 1,
  signal: null,
  outOfMemory: false,
  memoryLimitBytes: 0,
  stoppedByPerson: false,
  reason: null,
};
let runtimeFolder: string;

beforeEach(() => {
  runtimeFolder = mkdtempSync(join(tmpdir(), 'run-'));
});

afterEach(() => rmSync(runtimeFolder, { recursive: true }));

/** Runs nothing: what a kernel that binds no socket looks like from here. */
class EmptyHost implements KernelHost {
  readonly stopped: string[] = [];
  argv: readonly string[] = [];
  onExit: (exit: KernelExit) => void = () => {};

  async start(request: Parameters<KernelHost['start']>[0], onExit: (exit: KernelExit) => void) {
    this.argv = request.argv;
    this.onExit = onExit;
  }

  async stop(kernelId: string) {
    this.stopped.push(kernelId);
    this.onExit(exit);
  }

  async interrupt() {}

  async resize() {
    return { environment: {} };
  }
}

async function start(host: KernelHost): Promise<KernelProcess> {
  if (spec === undefined) throw new Error('The spec is valid');
  return await KernelProcess.start({
    host,
    runtimeFolder,
    spec,
    times: { ...kernelTimes, startMilliseconds: 50 },
    onOutput: () => {},
    onOutputLost: () => {},
    onOutputRecovered: () => {},
    request: {
      kernelId: kernelIdOf('00000000-0000-4000-8000-000000000000'),
      imageName: 'host-python',
      instanceType: 'ml.t3.medium',
      environment: {},
      workingDirectory: '/home/alice',
    },
  });
}

test('a kernel that is never heard is stopped after its time, and its files go', async () => {
  const host = new EmptyHost();
  const process = await start(host);
  expect(readdirSync(join(runtimeFolder, 'k'))).toHaveLength(1);
  expect(host.argv[1]).toContain(join(runtimeFolder, 'k'));
  expect(await process.ended).toEqual({ cause: 'silent' });
  expect(host.stopped).toHaveLength(1);
  expect(process.wasHeard).toBe(false);
  expect(readdirSync(join(runtimeFolder, 'k'))).toEqual([]);
});

test('a kernel that ends before its start is answered is known to have ended', async () => {
  const host = new EmptyHost();
  host.start = async (_request, onExit) => onExit(exit);
  const process = await start(host);
  expect(await process.ended).toEqual({ cause: 'exited', exit });
});

test('a refused start leaves no file and says why', async () => {
  const host = new EmptyHost();
  host.start = () => Promise.reject(new AgentError('Refused', 'Not this one'));
  await expect(start(host)).rejects.toMatchObject({ code: 'Refused', message: 'Not this one' });
  expect(readdirSync(join(runtimeFolder, 'k'))).toEqual([]);
});

test('a stop that the control plane cannot do ends the wait all the same', async () => {
  const host = new EmptyHost();
  host.stop = () => Promise.reject(new AgentError('Unavailable', 'Gone'));
  const process = await start(host);
  await process.stop({ restart: false });
  expect(await process.ended).toEqual({ cause: 'stopped' });
});
