import type { StudioDomain } from './domain-settings.ts';
import type { PreparedKernels } from './studio.ts';

export interface PreparedKernelsOptions {
  readonly domain: StudioDomain;
  /** The kernel that stands for an image; `undefined`: it has none (yet). */
  readonly defaultKernelName: (imageName: string) => string | undefined;
  /** Whether this person may; nothing is refused, and recorded as refused, that they did not ask for. */
  readonly mayUseImage: (imageName: string) => boolean;
  readonly mayUseType: (instanceType: string) => boolean;
}

/**
 * What a studio has ready before its person asks for a kernel: as many of each image as the domain file
 * says, and at sign-in one of the default image where it says nothing else. On a type with GPUs nothing
 * is: it would keep them from those who use them.
 */
export function preparedKernelsOf(options: PreparedKernelsOptions): PreparedKernels[] {
  const { defaults, images, instanceTypes, studios } = options.domain;
  const type = instanceTypes.find(({ instanceType }) => instanceType === defaults.instanceType);
  if ((type?.gpuCount ?? 0) > 0 || !options.mayUseType(defaults.instanceType)) return [];
  const hasOne = studios.prestart === 'server-and-kernel';
  return images.flatMap(({ imageName, warmKernelCount = 0 }): PreparedKernels[] => {
    const kernelName = options.defaultKernelName(imageName);
    if (kernelName === undefined || !options.mayUseImage(imageName)) return [];
    if (warmKernelCount > 0) return [{ kernelName, count: warmKernelCount, isKept: true }];
    return hasOne && imageName === defaults.imageName
      ? [{ kernelName, count: 1, isKept: false }]
      : [];
  });
}
