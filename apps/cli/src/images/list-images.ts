import { type DomainImage, domainImagesSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import { printTable } from '../print-table.ts';
import type { Terminal } from '../program.ts';
import { printable, writeSize } from '../s3/printable.ts';

const question = { method: 'GET', path: '/images' } as const;

export async function listImages(
  terminal: Terminal,
  { dataFolder, json }: { readonly dataFolder: string; readonly json?: boolean },
): Promise<void> {
  const images = await askForImages(dataFolder);
  if (json === true) {
    terminal.print(JSON.stringify(images, null, 2));
    return;
  }
  const rows = images.map((image) => [
    ...[image.imageName, image.isDefault ? `${image.state}, default` : image.state],
    ...[String(image.kernels.length), image.digest?.slice(0, 19) ?? '–'],
    ...[image.sizeBytes === null ? '–' : writeSize(image.sizeBytes), image.displayName],
  ]);
  printTable(terminal, [['Image', 'State', 'Kernels', 'Digest', 'Size', 'Name'], ...rows]);
  for (const { imageName, reason } of images) {
    if (reason !== null) terminal.print(printable(`${imageName}: ${reason.english}`));
  }
}

export async function askForImages(dataFolder: string): Promise<DomainImage[]> {
  const { images } = await askOperator(dataFolder, question, domainImagesSchema);
  return images;
}
