import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import type {
  RunningSandbox,
  SandboxHost,
  SandboxMount,
  SandboxRoot,
  SandboxSpec,
} from '@strongroom/sandbox';
import { newAppId } from '../studios/app-name.ts';
import { type FoundKernel, maximumSpecBytes, parseKernelSpec } from './parse-kernel-spec.ts';

export interface FindKernelsOptions {
  readonly imageName: string;
  readonly root: SandboxRoot;
  /** `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  /** Our own kernels for the host's programs: a folder that every kernel's sandbox has. */
  readonly ownKernels?: SandboxMount | undefined;
  /** In seconds tests need not wait for. */
  readonly timeoutMilliseconds?: number;
}

/** Where Jupyter looks, and where distributions and Conda put it; the first of a name counts. */
const specFolders = [
  '/usr/local/share/jupyter/kernels',
  '/usr/share/jupyter/kernels',
  '/opt/*/share/jupyter/kernels',
  '/opt/*/envs/*/share/jupyter/kernels',
  // Debian's r-cran-irkernel leaves its spec where R put it.
  '/usr/lib/R/site-library/IRkernel',
];
const irkernelFolder = '/usr/lib/R/site-library/IRkernel/kernelspec';

const mebibyte = 1024 ** 2;
const limits: SandboxSpec['limits'] = {
  ...{ memoryBytes: 256 * mebibyte, cpuCount: 1, processCount: 32, openFileCount: 256 },
  ...{ temporaryFolderBytes: mebibyte, sharedMemoryBytes: mebibyte },
};
const defaultTimeoutMilliseconds = 20_000;
const maximumKernelCount = 50;
const maximumOutputBytes = 4 * mebibyte;

/**
 * Prints each spec after a line that begins with a word which no file of the image can know. Nothing
 * but a shell is asked of an image, and no path of it is ever opened outside.
 */
const script = `mark=$1; shift
for path in $(printf '%s/*/kernel.json\\n' "$@"); do
  [ -f "$path" ] || continue
  printf '\\n%s %s\\n' "$mark" "$path"
  head -c ${maximumSpecBytes + 1} "$path" 2>/dev/null || cat "$path"
done`;

/**
 * The kernels of an image, as a program in a sandbox on that image reports them.
 *
 * @throws {SandboxError} where none can run on it
 */
export async function findKernels(options: FindKernelsOptions): Promise<FoundKernel[]> {
  const mark = randomBytes(16).toString('hex');
  const { ownKernels, root } = options;
  const own = root.kind === 'host' && ownKernels !== undefined ? [ownKernels] : [];
  const folders = [...specFolders, ...own.map(({ target }) => target)];
  const sandbox = await options.sandboxHost.launch({
    ...{ appId: newAppId(), label: `image: ${options.imageName}`, hostUid: options.hostUid },
    root,
    command: ['/bin/sh', '-c', script, 'sh', mark, ...folders],
    workingDirectory: '/',
    environment: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' },
    ...{ userName: 'images', homeFolder: '/nonexistent', mounts: own, network: 'isolated' },
    ...{ limits, descriptors: [] },
  });
  const timeout = options.timeoutMilliseconds ?? defaultTimeoutMilliseconds;
  const timer = setTimeout(() => void sandbox.stop({ graceMilliseconds: 0 }), timeout);
  try {
    return parseReport(await readOutput(sandbox), mark);
  } finally {
    clearTimeout(timer);
    await sandbox.stop({ graceMilliseconds: 0 });
  }
}

function parseReport(report: string, mark: string): FoundKernel[] {
  const kernels = new Map<string, FoundKernel>();
  for (const part of report.split(`\n${mark} `).slice(1)) {
    const lineEnd = part.indexOf('\n');
    const folder = posix.dirname(part.slice(0, Math.max(0, lineEnd)));
    const specName = folder === irkernelFolder ? 'ir' : posix.basename(folder);
    const kernel = parseKernelSpec(part.slice(lineEnd + 1), { specName, folder });
    if (kernel === undefined || kernels.has(specName)) continue;
    if (kernels.size < maximumKernelCount) kernels.set(specName, kernel);
  }
  return [...kernels.values()];
}

/** What comes after the limit is not read: the program ends with its sandbox. */
async function readOutput({ stdout, stderr }: RunningSandbox): Promise<string> {
  stderr.resume();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of stdout) {
    chunks.push(chunk as Buffer);
    sizeBytes += (chunk as Buffer).length;
    if (sizeBytes > maximumOutputBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}
