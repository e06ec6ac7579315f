import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import {
  type AddImageRequest,
  addImageRequestSchema,
  type DomainImage,
  domainImageSchema,
} from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';
import { printable, writeSize } from '../s3/printable.ts';
import type { Surroundings } from '../s3/surroundings.ts';
import { askForImages } from './list-images.ts';

export interface AddImageOptions {
  readonly dataFolder: string;
  readonly imageName: string;
  readonly from: string;
  readonly digest?: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly imageVersion?: string;
  readonly icon?: string;
  readonly kernels?: readonly string[];
}

const pollMilliseconds = 500;

/** Resolves to the exit status: 1 where the image cannot be used. It then stays named, for another try. */
export async function addImage(
  { terminal, surroundings }: { readonly terminal: Terminal; readonly surroundings: Surroundings },
  options: AddImageOptions,
): Promise<number> {
  const { dataFolder } = options;
  const body = toRequest(options);
  const question = { method: 'POST', path: '/images', body } as const;
  let image = await askOperator(dataFolder, question, domainImageSchema);
  let told: string | undefined;
  while (image.state === 'preparing') {
    const stage = image.reason?.english;
    if (stage !== undefined && stage !== told) surroundings.errors.write(`${stage} …\n`);
    told = stage;
    await setTimeout(pollMilliseconds);
    image = await find(dataFolder, body.imageName);
  }
  if (image.state === 'failed') {
    terminal.print(printable(`Cannot use "${image.imageName}": ${image.reason?.english}`));
    terminal.print(
      'It is in the domain file. Mend it and run "strongroom images check", or remove it.',
    );
    return 1;
  }
  const size = image.sizeBytes === null ? '' : `, ${writeSize(image.sizeBytes)}`;
  terminal.print(`Added ${image.imageName}${size}`);
  if (image.digest !== null) terminal.print(`  ${image.digest}`);
  for (const { name, displayName } of image.kernels) {
    terminal.print(printable(`  ${name}  ${displayName}`));
  }
  return 0;
}

function toRequest(options: AddImageOptions): AddImageRequest {
  const { imageName, description, icon, kernels } = options;
  const parsed = addImageRequestSchema.safeParse({
    ...{ imageName, displayName: options.displayName ?? imageName, description },
    ...{ version: options.imageVersion, icon: icon && resolve(icon), kernels },
    rootFileSystem: toRootFileSystem(options),
  });
  if (parsed.success) return withoutUndefined(parsed.data);
  const [issue] = parsed.error.issues;
  const where = issue?.path.join('.') ?? '';
  throw new Error(`Cannot add "${printable(imageName)}": ${where} is not usable`);
}

/** Paths are this terminal's; the domain file may lie elsewhere. */
function toRootFileSystem({ from, digest }: AddImageOptions) {
  const match = /^(oci|oci-archive|docker-archive):(?!\/\/)(.+)$/.exec(from);
  if (match !== null) {
    const [, transport = '', path = ''] = match;
    return { oci: `${transport}:${resolve(path)}`, digest };
  }
  if (from.startsWith('docker://')) return { oci: from, digest };
  if (!existsSync(from)) throw new Error(`Cannot find the folder "${printable(from)}"`);
  if (digest !== undefined) throw new Error('Cannot pin a folder: only OCI images have digests');
  return { folder: resolve(from) };
}

function withoutUndefined(request: AddImageRequest): AddImageRequest {
  return JSON.parse(JSON.stringify(request)) as AddImageRequest;
}

async function find(dataFolder: string, imageName: string): Promise<DomainImage> {
  const images = await askForImages(dataFolder);
  const image = images.find((each) => each.imageName === imageName);
  if (image === undefined) throw new Error(`Cannot find "${imageName}": it was removed meanwhile`);
  return image;
}
