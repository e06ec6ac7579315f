import { imageRemovalSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';
import { printable } from '../s3/printable.ts';
import type { Surroundings } from '../s3/surroundings.ts';
import { askForImages } from './list-images.ts';

export interface RemoveImageOptions {
  readonly dataFolder: string;
  readonly imageName: string;
  readonly yes?: boolean;
}

/** Resolves to the exit status: 1 where the person did not agree. */
export async function removeImage(
  { terminal, surroundings }: { readonly terminal: Terminal; readonly surroundings: Surroundings },
  { dataFolder, imageName, yes }: RemoveImageOptions,
): Promise<number> {
  const shown = printable(imageName);
  const image = (await askForImages(dataFolder)).find((each) => each.imageName === imageName);
  if (image === undefined) throw new Error(`Cannot find the image "${shown}"`);
  if (yes !== true) {
    const { ask } = surroundings;
    if (ask === undefined) throw new Error(`Cannot remove "${shown}" without asking: add --yes`);
    const { runningAppCount } = image;
    const kernels = runningAppCount === 1 ? '1 kernel' : `${runningAppCount} kernels`;
    const answer = await ask(
      `Remove ${shown}? ${kernels} on it will end, and what they hold in memory is lost. Write yes: `,
    );
    if (answer.trim().toLowerCase() !== 'yes') {
      terminal.print('Nothing was removed');
      return 1;
    }
  }
  const path = `/images/${encodeURIComponent(imageName)}`;
  await askOperator(dataFolder, { method: 'DELETE', path }, imageRemovalSchema);
  terminal.print(`Removed ${shown}`);
  return 0;
}
