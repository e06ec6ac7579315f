import type { OfferedImages } from '../compute/offered-images.ts';
import type { StudioDomain } from './domain-settings.ts';
import type { PreparedKernels } from './studio.ts';

/**
 * What a studio has ready before its person asks for a kernel: as many of each image as the domain file
 * says, and at sign-in one of the default image where it says nothing else. On a type with GPUs nothing
 * is: it would keep them from those who use them.
 */
export function preparedKernelsOf(
  domain: StudioDomain,
  images: Pick<OfferedImages, 'defaultKernelName'>,
): PreparedKernels[] {
  const { defaults, instanceTypes, studios } = domain;
  const type = instanceTypes.find(({ instanceType }) => instanceType === defaults.instanceType);
  if ((type?.gpuCount ?? 0) > 0) return [];
  const hasOne = studios.prestart === 'server-and-kernel';
  return domain.images.flatMap(({ imageName, warmKernelCount = 0 }): PreparedKernels[] => {
    const kernelName = images.defaultKernelName(imageName);
    if (kernelName === undefined) return [];
    if (warmKernelCount > 0) return [{ kernelName, count: warmKernelCount, isKept: true }];
    return hasOne && imageName === defaults.imageName
      ? [{ kernelName, count: 1, isKept: false }]
      : [];
  });
}
