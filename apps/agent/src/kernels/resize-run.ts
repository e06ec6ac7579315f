import { parseContent } from '@strongroom/jupyter-protocol';
import { AgentError } from '../http/agent-error.ts';
import type { Kernel } from './kernel.ts';
import type { KernelDependencies, KernelRun } from './kernel-options.ts';
import type { KernelProcess } from './kernel-process.ts';

export interface Resize {
  readonly kernel: Pick<Kernel, 'id' | 'heard' | 'shutDown'>;
  readonly process: KernelProcess | undefined;
  readonly run: KernelRun;
  readonly instanceType: string;
}

type Times = Pick<KernelDependencies['times'], 'silenceMilliseconds'>;

/**
 * Gives a run that nobody has used another type, and answers it. Throws where that is refused; then nothing
 * has changed. Where it fails later the kernel is shut down.
 */
export async function resizeRun(
  { kernel, process, run, instanceType }: Resize,
  { host, times }: Pick<KernelDependencies, 'host'> & { readonly times: Times },
): Promise<KernelRun> {
  const { environment } = await host.resize({ kernelId: kernel.id, instanceType });
  try {
    await kernel.heard();
    await adaptEnvironment(process, environment, times);
  } catch (error) {
    await kernel.shutDown();
    throw error;
  }
  return { ...run, request: { ...run.request, instanceType } };
}

/**
 * Sets variables of a Python kernel; its names, history and count stay as they are. Libraries read them
 * when they are imported, and none is yet.
 */
async function adaptEnvironment(
  process: KernelProcess | undefined,
  environment: Readonly<Record<string, string>>,
  { silenceMilliseconds }: Times,
): Promise<void> {
  // JSON's texts are Python's too.
  const code = `__import__('os').environ.update(${JSON.stringify(environment)})`;
  const content = { code, silent: true, store_history: false, allow_stdin: false };
  const asked = process?.ask('execute_request', content, silenceMilliseconds);
  const reply = await Promise.race([asked, process?.ended.then(() => undefined)]);
  // One that was started again has the type before.
  if (process?.hasExited === false && reply && parseContent(reply)?.status === 'ok') return;
  throw new AgentError('Unavailable', 'The kernel does not answer');
}
