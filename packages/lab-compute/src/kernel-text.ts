import type { Image } from '@strongroom/contracts';

/** A kernel's name beside its image's: without the image's, which where there are several is put before it. */
export function kernelText({ displayName: image }: Image, displayName: string): string {
  const prefix = `${image} | `;
  return displayName.startsWith(prefix) ? displayName.slice(prefix.length) : displayName;
}
