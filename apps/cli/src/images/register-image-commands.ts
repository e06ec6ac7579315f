import type { Command } from 'commander';
import type { DataFolderOption, Terminal } from '../program.ts';
import { processSurroundings, type Surroundings } from '../s3/surroundings.ts';
import { type AddImageOptions, addImage } from './add-image.ts';
import { checkImages } from './check-images.ts';
import { listImages } from './list-images.ts';
import { type RemoveImageOptions, removeImage } from './remove-image.ts';

interface WithDataFolder {
  readonly dataFolder: string;
}

/** `strongroom images …`. `finish` is told the exit status. */
export function registerImageCommands(
  program: Command,
  terminal: Terminal,
  dataFolderOption: DataFolderOption,
  finish: (status: number) => void,
  surroundings: Surroundings = processSurroundings(),
): void {
  const images = program.command('images').description('what kernels run on');
  images
    .command('list')
    .description('print every image with its state and digest')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action((options: WithDataFolder & { json?: boolean }) => listImages(terminal, options));
  images
    .command('add <image-name>')
    .description('name an image in the domain file, unpack it and look for its kernels')
    .requiredOption(
      '--from <source>',
      'a folder with a root file system, or oci:…, oci-archive:…, docker-archive:… or docker://…',
    )
    .option('--digest <digest>', 'the only one that is accepted, sha256:…')
    .option('--display-name <name>', 'what people read; the image name without it')
    .option('--description <text>', 'one line')
    .option('--image-version <version>', 'shown beside the name')
    .option('--icon <file>', 'a PNG or SVG file')
    .option('--kernels <names...>', 'offer only these of its kernels')
    .option(...dataFolderOption)
    .action(async (imageName: string, options: Omit<AddImageOptions, 'imageName'>) => {
      finish(await addImage({ terminal, surroundings }, { ...options, imageName }));
    });
  images
    .command('check [image-name]')
    .description('look into images again and let each of their kernels run a cell')
    .option('--json', 'print one JSON document')
    .option(...dataFolderOption)
    .action(async (imageName: string | undefined, options: WithDataFolder & { json?: boolean }) => {
      finish(await checkImages(terminal, { ...options, imageName }));
    });
  images
    .command('remove <image-name>')
    .description('take an image out of the domain file; kernels that run on it end')
    .option('--yes', 'without asking')
    .option(...dataFolderOption)
    .action(async (imageName: string, options: Omit<RemoveImageOptions, 'imageName'>) => {
      finish(await removeImage({ terminal, surroundings }, { ...options, imageName }));
    });
}
