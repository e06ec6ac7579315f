import type { AddImageRequest } from '@strongroom/contracts';
import { addEntryToText, removeEntryFromText } from './edit-list.ts';

const listName = 'images';

/** The text with one more image at the end of `images`. */
export function addImageToText(text: string, image: AddImageRequest): string {
  const { imageName, displayName, description, version, icon, rootFileSystem, kernels } = image;
  return addEntryToText(text, listName, {
    ...{ imageName, displayName },
    ...(description === undefined ? {} : { description }),
    ...(version === undefined ? {} : { version }),
    ...(icon === undefined ? {} : { icon }),
    rootFileSystem: toWritten(rootFileSystem),
    ...(kernels === undefined ? {} : { kernels }),
  });
}

/** The text without the image of this name. */
export function removeImageFromText(text: string, imageName: string): string {
  return removeEntryFromText(text, { listPath: [listName], key: 'imageName', name: imageName });
}

function toWritten(rootFileSystem: AddImageRequest['rootFileSystem']) {
  if (rootFileSystem === 'host' || 'folder' in rootFileSystem) return rootFileSystem;
  const { oci, digest } = rootFileSystem;
  return digest === undefined ? { oci } : { oci, digest };
}
