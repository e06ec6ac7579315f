import { describe, expect, it } from 'vitest';
import type { StudioDomain } from './domain-settings.ts';
import { preparedKernelsOf } from './prepared-kernels.ts';

const domain: StudioDomain = {
  images: [{ imageName: 'base' }, { imageName: 'r', warmKernelCount: 2 }],
  instanceTypes: [
    { instanceType: 'system', vcpuCount: 1, memoryMebibytes: 1024 },
    { instanceType: 'ml.t3.medium', vcpuCount: 2, memoryMebibytes: 4096 },
    { instanceType: 'ml.g5.xlarge', vcpuCount: 4, memoryMebibytes: 4096, gpuCount: 1 },
  ],
  defaults: { imageName: 'base', instanceType: 'ml.t3.medium' },
  studios: { hibernateAfterMinutes: 20, prestart: 'server-and-kernel' },
};

function prepared(
  change: Partial<StudioDomain> = {},
  may: { readonly image?: string; readonly hasType?: boolean } = {},
) {
  return preparedKernelsOf({
    domain: { ...domain, ...change },
    defaultKernelName: (imageName) => (imageName === 'empty' ? undefined : `${imageName}-kernel`),
    mayUseImage: (imageName) => may.image === undefined || may.image === imageName,
    mayUseType: () => may.hasType ?? true,
  });
}

const one = { kernelName: 'base-kernel', count: 1, isKept: false };
const two = { kernelName: 'r-kernel', count: 2, isKept: true };

describe('kernels that are ready before they are asked for', () => {
  it('are one of the default image, and as many of others as the domain file says', () => {
    expect(prepared()).toEqual([one, two]);
  });

  it('are only those of the domain file where sign-in starts no kernel', () => {
    const studios = { ...domain.studios, prestart: 'server' as const };
    expect(prepared({ studios })).toEqual([two]);
  });

  it('are replaced when the domain file names a number for the default image', () => {
    const images = [{ imageName: 'base', warmKernelCount: 3 }];
    expect(prepared({ images })).toEqual([{ ...one, count: 3, isKept: true }]);
  });

  it('are none of an image that the person may not use, or that has no kernel', () => {
    expect(prepared({}, { image: 'r' })).toEqual([two]);
    expect(prepared({ images: [{ imageName: 'empty', warmKernelCount: 1 }] })).toEqual([]);
  });

  it('are none where the person may not use the default size', () => {
    expect(prepared({}, { hasType: false })).toEqual([]);
  });

  it('are none on a size with GPUs', () => {
    expect(prepared({ defaults: { ...domain.defaults, instanceType: 'ml.g5.xlarge' } })).toEqual(
      [],
    );
  });
});
