import { chown, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { sandboxPaths } from '@strongroom/contracts';
import type { RunningSandbox, SandboxHost, SandboxMount, SandboxSpec } from '@strongroom/sandbox';
import { z } from 'zod';
import { newAppId } from '../studios/app-name.ts';
import type { ProgramFolders } from '../studios/sandbox-specs.ts';
import { checkCellOf, checkedOutput } from './check-cells.ts';
import type { ImageGround } from './image-ground.ts';
import type { FoundKernel } from './parse-kernel-spec.ts';

export interface KernelCheckOptions {
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  readonly programs: Pick<ProgramFolders, 'agent' | 'node'>;
  /** A folder of ours: what the two sandboxes share is made in it. */
  readonly folder: string;
  readonly timeoutMilliseconds?: number;
}

export interface KernelCheckResult {
  readonly outcome: 'ran' | 'answered' | 'failed';
  readonly message: string | null;
}

const connectionSchema = z.object({
  connectionFile: z.string().regex(/^\/run\/strongroom\/k\/[\w.-]{1,128}$/),
});
const resultSchema = z.object({
  outcome: z.enum(['ran', 'answered', 'failed']),
  message: z.string().max(1_000).nullable(),
});

const mebibyte = 1024 ** 2;
const limits: SandboxSpec['limits'] = {
  ...{ memoryBytes: 1024 * mebibyte, cpuCount: 2, processCount: 256, openFileCount: 4_096 },
  ...{ temporaryFolderBytes: 64 * mebibyte, sharedMemoryBytes: 64 * mebibyte },
};
const defaultTimeoutMilliseconds = 60_000;
const userName = 'images';
const home = '/home/images';

/**
 * Starts a kernel as studios do, in a sandbox on its image, and lets it run a cell. Who asks it is a
 * program in another sandbox, on the host's own root, that shares a folder with it and nothing else.
 */
export async function checkKernel(
  kernel: FoundKernel,
  image: ImageGround,
  options: KernelCheckOptions,
): Promise<KernelCheckResult> {
  const { hostUid, timeoutMilliseconds = defaultTimeoutMilliseconds } = options;
  const folder = await mkdtemp(join(options.folder, '.checking-'));
  if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
  const running: RunningSandbox[] = [];
  const launch = async (spec: SandboxSpec) => {
    const sandbox = await options.sandboxHost.launch(spec);
    running.push(sandbox);
    return sandbox;
  };
  try {
    const asker = await launch(askerSpec(kernel, folder, options));
    const answers = answersOf(asker, timeoutMilliseconds * 3);
    const { connectionFile } = connectionSchema.parse(await answers.next());
    const started = await launch(kernelSpec({ ...options, kernel, image, folder, connectionFile }));
    started.stdout.resume();
    const lastWords = collectTail(started);
    const ended = started.exited.then(async ({ exitCode, outOfMemory }) => {
      // What it said last may still be on its way.
      await finished(started.stderr).catch(() => undefined);
      const why = outOfMemory ? 'it needs more memory' : `exit code ${exitCode}`;
      return { outcome: 'failed' as const, message: `It ended by itself: ${why}. ${lastWords()}` };
    });
    return await Promise.race([answers.next().then((answer) => resultSchema.parse(answer)), ended]);
  } catch (error) {
    return { outcome: 'failed', message: error instanceof Error ? error.message : String(error) };
  } finally {
    await Promise.all(running.map((sandbox) => sandbox.stop({ graceMilliseconds: 0 })));
    await rm(folder, { recursive: true, force: true });
  }
}

function askerSpec(
  kernel: FoundKernel,
  folder: string,
  { hostUid, programs, timeoutMilliseconds = defaultTimeoutMilliseconds }: KernelCheckOptions,
): SandboxSpec {
  const program = `${sandboxPaths.agentFolder}/check-kernel.js`;
  const words = [checkCellOf(kernel.language), checkedOutput, String(timeoutMilliseconds)];
  return {
    ...commonPart(hostUid),
    root: { kind: 'host' },
    command: [sandboxPaths.node, program, ...words],
    environment: { PATH: '/usr/bin:/bin' },
    mounts: mountsOf(folder, programs),
  };
}

function kernelSpec(options: {
  readonly programs: KernelCheckOptions['programs'];
  readonly kernel: FoundKernel;
  readonly image: ImageGround;
  readonly folder: string;
  readonly hostUid: number | undefined;
  readonly connectionFile: string;
}): SandboxSpec {
  const { kernel, image, folder, hostUid, connectionFile, programs } = options;
  const fill = (word: string) =>
    word
      .replaceAll('{connection_file}', connectionFile)
      .replaceAll('{resource_dir}', kernel.folder)
      .replaceAll('{kernel_name}', kernel.specName);
  return {
    ...commonPart(hostUid),
    root: image.root,
    command: kernel.argv.map(fill),
    environment: {
      ...{ PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C.UTF-8' },
      ...image.environment,
      ...{ HOME: '/tmp', USER: userName },
      ...kernel.environment,
    },
    mounts: mountsOf(folder, programs),
  };
}

/** As a studio's sandboxes have them. */
function mountsOf(folder: string, programs: KernelCheckOptions['programs']): SandboxMount[] {
  return [
    { source: folder, target: sandboxPaths.runtimeFolder, mode: 'read-write' },
    { source: programs.node, target: sandboxPaths.node, mode: 'read-only' },
    { source: programs.agent, target: sandboxPaths.agentFolder, mode: 'read-only' },
  ];
}

function commonPart(hostUid: number | undefined) {
  return {
    ...{ appId: newAppId(), label: 'image: check', hostUid, workingDirectory: '/tmp' },
    ...{ userName, homeFolder: home, limits, descriptors: [] },
    network: 'isolated',
  } as const;
}

/** One JSON document a line; what a sandbox says is checked by whoever reads it. */
function answersOf(sandbox: RunningSandbox, timeoutMilliseconds: number) {
  const said = collectTail(sandbox);
  const lines = createInterface({ input: sandbox.stdout })[Symbol.asyncIterator]();
  const timer = setTimeout(() => void sandbox.stop({ graceMilliseconds: 0 }), timeoutMilliseconds);
  void sandbox.exited.then(() => clearTimeout(timer));
  return {
    async next(): Promise<unknown> {
      const line = await lines.next();
      if (line.done === true) throw new Error(`Cannot ask the kernel: ${said()}`);
      return JSON.parse(line.value) as unknown;
    },
  };
}

const keptCharacters = 400;

function collectTail({ stderr }: RunningSandbox): () => string {
  let text = '';
  stderr.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString('utf8')).slice(-keptCharacters);
  });
  return () => text.replace(/\p{Cc}|\p{Cf}/gu, ' ').trim();
}
