import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspectHost, openSandboxHost, type SandboxHost } from '@strongroom/sandbox';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findKernels } from './find-kernels.ts';
import { checkKernel } from './kernel-check.ts';
import type { FoundKernel } from './parse-kernel-spec.ts';

const agent = fileURLToPath(new URL('../../../agent/dist', import.meta.url));
const image = { root: { kind: 'host' }, environment: {}, digest: null } as const;
/** A kernel has a minute to answer. */
const patience = { timeout: 120_000 };
const ownFolder = '/opt/strongroom/agent/kernels';

describe.runIf(existsSync(join(agent, 'check-kernel.js')))('the kernels that ship', () => {
  let folder: string;
  let sandboxHost: SandboxHost;
  let hostUid: number | undefined;
  let kernels: FoundKernel[];

  beforeAll(async () => {
    const { setup } = await inspectHost();
    if (setup === undefined) throw new Error('this host runs no sandboxes');
    hostUid = setup.mode === 'root' ? 65_508 : undefined;
    folder = await mkdtemp(join(tmpdir(), 'strongroom-check-'));
    const log = { info: () => undefined, warn: () => undefined };
    const installationId = `test-check-${process.pid}`;
    const runFolder = join(folder, 'run');
    sandboxHost = await openSandboxHost({ setup, installationId, runFolder, log });
    kernels = await findKernels({
      ...{ imageName: 'host', root: image.root, hostUid, sandboxHost },
      ownKernels: { source: join(agent, 'kernels'), target: ownFolder, mode: 'read-only' },
    });
  });
  afterAll(async () => {
    await sandboxHost.close();
    await rm(folder, { recursive: true, force: true });
  });

  const check = (kernel: FoundKernel | undefined, change: Partial<FoundKernel> = {}) => {
    if (kernel === undefined) throw new Error('the kernel was not found');
    const programs = { agent, node: process.execPath };
    return checkKernel({ ...kernel, ...change }, image, {
      ...{ sandboxHost, hostUid, programs, folder },
    });
  };
  const named = (name: string) => kernels.find(({ specName }) => specName === name);

  it.each(['python3-base', 'bash', 'javascript', 'typescript'])(
    'run a cell: %s',
    patience,
    async (name) => {
      expect(await check(named(name))).toEqual({ outcome: 'ran', message: null });
    },
  );

  it('have only to answer where their language has no cell', patience, async () => {
    expect(await check(named('javascript'), { language: 'klingon' })).toEqual({
      ...{ outcome: 'answered', message: null },
    });
  });

  it('are told apart from those whose cell does something else', patience, async () => {
    expect(await check(named('javascript'), { language: 'bash' })).toMatchObject({
      outcome: 'failed',
    });
  });

  it.each([
    ['end at once', ['/bin/sh', '-c', 'echo broken >&2; exit 3', '{connection_file}'], 'broken'],
    ['are no program', ['/nowhere/at/all', '{connection_file}'], ''],
  ])('fail where they %s', async (_what, argv, said) => {
    const result = await check(named('bash'), { argv });
    expect(result).toMatchObject({ outcome: 'failed', message: expect.stringContaining(said) });
  });
});
