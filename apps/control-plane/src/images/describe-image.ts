import type { Image } from '@strongroom/contracts';
import type { ImageStatus } from './images.ts';
import { describeKernels } from './offered-kernels.ts';

export interface DescribeImageOptions {
  readonly imageCount: number;
  readonly defaultImageName: string;
  /** The path on the asker's origin below which pictures are. */
  readonly iconPrefix: string;
}

/** An image as whoever may use it sees it. */
export function describeImage(status: ImageStatus, options: DescribeImageOptions): Image {
  const { image, state, reason, stored } = status;
  const { imageName, displayName, description = null, version = null, iconFile } = image;
  return {
    ...{ imageName, displayName, description, version, state, reason },
    digest: stored?.digest ?? null,
    iconUrl: iconFile === undefined ? null : `${options.iconPrefix}/${imageName}/icon`,
    isDefault: imageName === options.defaultImageName,
    kernels: describeKernels(status, options).map((kernel) => ({
      ...{ name: kernel.name, displayName: kernel.displayName, language: kernel.language },
    })),
  };
}
