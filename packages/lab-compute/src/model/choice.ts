import type { Image, InstanceType, StudioCompute } from '@strongroom/contracts';

/** What a notebook runs on. The kernel's name names its image (`imageKernelSchema`). */
export interface Choice {
  readonly kernelName: string;
  readonly instanceType: string;
}

/** The image of that kernel. */
export function imageOf(offered: StudioCompute, kernelName: string): Image | undefined {
  return offered.images.find(({ kernels }) => kernels.some(({ name }) => name === kernelName));
}

/** What is wanted as far as it is offered, and the domain's defaults where it is not. */
export function settle(offered: StudioCompute, wanted: Partial<Choice>): Choice | null {
  const image =
    imageOf(offered, wanted.kernelName ?? '') ??
    offered.images.find((each) => each.isDefault && isUsable(each)) ??
    offered.images.find(isUsable);
  const kernel = image?.kernels.find(({ name }) => name === wanted.kernelName) ?? image?.kernels[0];
  const type = settleType(offered.instanceTypes, wanted.instanceType);
  if (kernel === undefined || type === undefined) return null;
  return { kernelName: kernel.name, instanceType: type.instanceType };
}

/** A kernel can be started on it now. */
export function isUsable({ state, kernels }: Image): boolean {
  return state === 'ready' && kernels.length > 0;
}

/** The first type with more memory than that, and no fewer GPUs; null where there is none. */
export function largerType(
  types: readonly InstanceType[],
  instanceType: string,
): InstanceType | null {
  const now = types.find((type) => type.instanceType === instanceType);
  if (now === undefined) return null;
  const larger = types
    .filter(({ availability }) => availability !== 'unavailable')
    .filter(({ gpuCount }) => gpuCount === now.gpuCount)
    .filter(({ memoryMebibytes }) => memoryMebibytes > now.memoryMebibytes);
  return larger.sort((one, other) => one.memoryMebibytes - other.memoryMebibytes)[0] ?? null;
}

function settleType(
  types: readonly InstanceType[],
  wanted: string | undefined,
): InstanceType | undefined {
  const usable = types.filter(({ availability }) => availability !== 'unavailable');
  return (
    usable.find(({ instanceType }) => instanceType === wanted) ??
    usable.find(({ isDefault }) => isDefault) ??
    usable[0]
  );
}
