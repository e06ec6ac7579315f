import type { OfferedKernel, OfferedKernels } from '@strongroom/contracts';
import type { ImageStatus } from './images.ts';

/** Answers travel in one line of the agent's channel (`agentChannelMaximumLineBytes`). */
const maximumAnswerCharacters = 200 * 1024;
/** Jupyter's name for the kernel that a new notebook gets. */
const preferredSpecName = 'python3';

export interface OfferOptions {
  readonly defaultImageName: string;
  /** Whether this person may use the image. */
  mayUse(imageName: string): boolean;
}

/** The kernels of every image that is ready and that its owner may use, the default image's first. */
export function offeredKernels(
  statuses: readonly ImageStatus[],
  { defaultImageName, mayUse }: OfferOptions,
): OfferedKernels {
  const isDefault = ({ image }: ImageStatus) => image.imageName === defaultImageName;
  const usable = statuses
    .filter(({ state, image }) => state === 'ready' && mayUse(image.imageName))
    .sort((left, right) => Number(isDefault(right)) - Number(isDefault(left)));
  const kernels: OfferedKernel[] = [];
  let leftCharacters = maximumAnswerCharacters;
  for (const status of usable) {
    for (const kernel of describeKernels(status, {
      defaultImageName,
      imageCount: statuses.length,
    })) {
      leftCharacters -= JSON.stringify(kernel).length;
      if (leftCharacters > 0) kernels.push(kernel);
    }
  }
  const ofDefault = kernels.filter(({ imageName }) => imageName === defaultImageName);
  const preferred = ofDefault.find(({ specName }) => specName === preferredSpecName);
  return { defaultName: (preferred ?? ofDefault[0] ?? kernels[0])?.name ?? null, kernels };
}

export function describeKernels(
  { image, kernels }: ImageStatus,
  { defaultImageName, imageCount }: { defaultImageName: string; imageCount: number },
): OfferedKernel[] {
  return kernels.map((kernel) => ({
    ...kernel,
    argv: [...kernel.argv],
    environment: { ...kernel.environment },
    metadata: { ...kernel.metadata },
    imageName: image.imageName,
    name: kernelName(image.imageName, kernel.specName, defaultImageName),
    displayName:
      imageCount === 1 || kernel.displayName === image.displayName
        ? kernel.displayName
        : `${image.displayName} | ${kernel.displayName}`,
  }));
}

/** As the contract says (`imageKernelSchema.name`). */
function kernelName(imageName: string, specName: string, defaultImageName: string): string {
  return imageName === defaultImageName ? specName : `${imageName}__${specName}`;
}

/** The name of the kernel that stands for an image; `undefined` where it has none (yet). */
export function defaultKernelOf(
  { image, kernels, state }: ImageStatus,
  defaultImageName: string,
): string | undefined {
  const isStillLookedFor = state === 'preparing' && image.rootFileSystem.kind === 'host';
  const names = isStillLookedFor
    ? (image.kernels ?? [preferredSpecName])
    : kernels.map(({ specName }) => specName);
  const specName = names.find((name) => name === preferredSpecName) ?? names[0];
  return specName && kernelName(image.imageName, specName, defaultImageName);
}
