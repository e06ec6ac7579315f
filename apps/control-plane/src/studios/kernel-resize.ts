import type { AppId, KernelResized, StartKernelRequest } from '@strongroom/contracts';
import type { RunningKernel } from '../runtimes/kernel-runtime.ts';
import { AgentRequestError } from './agent-channel.ts';
import { type AppEnding, silentEnding } from './app-ending.ts';
import { limitsOf } from './app-limits.ts';
import { kernelAppName, newAppId } from './app-name.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import type { KernelApp, KernelReference } from './kernel-app.ts';
import type { KernelAppsOptions } from './kernel-apps-options.ts';
import type { DecidedKernel } from './kernel-request.ts';
import { kernelSpec } from './sandbox-specs.ts';

/** What the kernels of a studio lend to a change of one of them. */
export interface ResizeGround {
  readonly options: KernelAppsOptions;
  /** As for a start. @throws {AgentRequestError} */
  decide(request: StartKernelRequest): Promise<DecidedKernel>;
  /** As for a start. @throws {AgentRequestError} */
  requireAllowed(
    kernel: KernelReference,
    request: StartKernelRequest,
    size: InstanceTypeSettings,
  ): Promise<void>;
  /** False once it has ended or is about to. */
  isHere(kernel: KernelApp): boolean;
  end(kernel: KernelApp, ending: AppEnding): Promise<void>;
}

/** What changes of a kernel with its type. */
interface NewPart extends KernelReference {
  readonly appId: AppId;
  readonly size: InstanceTypeSettings;
  readonly request: StartKernelRequest;
}

type ResizableKernel = RunningKernel & Required<Pick<RunningKernel, 'changeLimits'>>;

/**
 * Gives a kernel of the default type a larger one while it runs: the app that it was ends, and another
 * begins, as after a start on that type. Where that is refused or fails nothing has changed.
 *
 * INVARIANT: once for each kernel, from the default type alone. Each change begins a life with idle time
 * and longest life of its own; whoever could change back and forth would have them without end.
 *
 * @throws {AgentRequestError} those of a start, `KernelNotResizable`
 */
export async function resizeKernel(
  kernel: KernelApp,
  instanceType: string,
  ground: ResizeGround,
): Promise<KernelResized> {
  const { kernelId, imageName } = kernel;
  const request = { ...kernel.request, instanceType };
  if (kernel.isResizing) throw notResizable(kernelId, 'it is being given one');
  kernel.isResizing = true;
  try {
    const decided = await ground.decide(request);
    const sandbox = requireResizable(kernel, decided, ground);
    const appId = newAppId();
    const appName = kernelAppName(imageName, instanceType, appId);
    const next = { appId, appName, instanceType, imageName, size: decided.size, request };
    await ground.requireAllowed(next, request, decided.size);
    const environment = environmentChange(kernel, next, ground);
    await change(kernel, next, { ...ground, sandbox });
    return { environment };
  } finally {
    kernel.isResizing = false;
  }
}

function requireResizable(
  kernel: KernelApp,
  { size, image }: DecidedKernel,
  { options, isHere }: ResizeGround,
): ResizableKernel {
  const { sandbox, kernelId } = kernel;
  if (sandbox === undefined || !isHere(kernel)) throw notResizable(kernelId, 'it does not run');
  if (!hasChangeableLimits(sandbox)) throw notResizable(kernelId, 'its limits are fixed');
  if (!isLarger(size, kernel.size, options.domain)) {
    throw notResizable(kernelId, `"${size.instanceType}" is not a larger type without GPUs`);
  }
  // A start would have what the image is now.
  if (image.digest !== kernel.image.digest) throw notResizable(kernelId, 'its image has changed');
  return sandbox;
}

function hasChangeableLimits(sandbox: RunningKernel): sandbox is ResizableKernel {
  return sandbox.changeLimits !== undefined;
}

function isLarger(
  size: InstanceTypeSettings,
  before: InstanceTypeSettings,
  { defaults }: StudioDomain,
): boolean {
  const hasGpus = [size, before].some(({ gpuCount = 0 }) => gpuCount > 0);
  if (hasGpus || before.instanceType !== defaults.instanceType) return false;
  if (size.instanceType === before.instanceType) return false;
  return size.memoryMebibytes >= before.memoryMebibytes && size.vcpuCount >= before.vcpuCount;
}

/** What libraries are told of their type. */
function environmentChange(
  { appId, image, size, request }: KernelApp,
  next: NewPart,
  { options }: ResizeGround,
): Record<string, string> {
  const common = { ground: options.ground, programs: options.programs, image, request };
  const before = kernelSpec({ ...common, appId, size }).environment;
  const after = kernelSpec({ ...common, appId, size: next.size }).environment;
  return Object.fromEntries(
    Object.entries(after).filter(([name, value]) => before[name] !== value),
  );
}

async function change(
  kernel: KernelApp,
  next: NewPart,
  ground: ResizeGround & { readonly sandbox: ResizableKernel },
): Promise<void> {
  const { options, sandbox } = ground;
  const { apps, clock, log } = options;
  const { profileName } = options.ground.person;
  const { appId, appName, imageName, instanceType, size } = next;
  try {
    await apps.add({
      ...{ appId, appType: 'KernelGateway', appName, profileName, imageName, instanceType },
    });
    await sandbox.changeLimits(limitsOf(size));
    await apps.setStatus(appId, 'InService');
    if (!ground.isHere(kernel)) throw notResizable(kernel.kernelId, 'it has ended');
  } catch (error) {
    await undo(kernel, next, ground);
    if (error instanceof AgentRequestError) throw error;
    log.error({ profileName, appId, err: error }, 'Cannot give a kernel another instance type');
    throw notResizable(kernel.kernelId, 'its limits cannot be changed');
  }
  const before = kernel.appId;
  // At once: whoever ends, reviews or shows it finds the one or the other.
  Object.assign(kernel, { ...next, startedAt: clock() });
  const fields = { profileName, appId, before, kernelId: kernel.kernelId };
  log.info({ ...fields, instanceType }, 'Kernel app given another instance type');
  await apps.end(before, 'Deleted', 'Its kernel was given another instance type').catch((error) => {
    log.error({ ...fields, err: error }, 'Cannot record the end of an app');
  });
}

async function undo(
  kernel: KernelApp,
  { appId }: NewPart,
  { options, sandbox, end }: ResizeGround & { readonly sandbox: ResizableKernel },
): Promise<void> {
  const reason = 'The kernel could not be given this instance type';
  await options.apps.end(appId, 'Failed', reason).catch(() => undefined);
  try {
    await sandbox.changeLimits(limitsOf(kernel.size));
  } catch {
    // It has ended, or has limits that nobody pays for.
    await end(kernel, silentEnding('Its limits could not be set back'));
  }
}

function notResizable(kernelId: string, state: string): AgentRequestError {
  return new AgentRequestError(
    'KernelNotResizable',
    `Cannot give the kernel "${kernelId}" another instance type: ${state}`,
  );
}
