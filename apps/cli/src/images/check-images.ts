import { type ImageCheck, imageCheckSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';
import { printable } from '../s3/printable.ts';
import { askForImages } from './list-images.ts';

export interface CheckImagesOptions {
  readonly dataFolder: string;
  /** All where it is left out. */
  readonly imageName: string | undefined;
  readonly json?: boolean;
}

const outcomes = {
  ran: 'ran a cell',
  answered: 'answered',
  failed: 'failed',
} as const;

/** Resolves to the exit status: 1 where an image or a kernel cannot be used. */
export async function checkImages(
  terminal: Terminal,
  { dataFolder, imageName, json }: CheckImagesOptions,
): Promise<number> {
  const names =
    imageName === undefined
      ? (await askForImages(dataFolder)).map((image) => image.imageName)
      : [imageName];
  const checks: ImageCheck[] = [];
  for (const name of names) {
    const path = `/images/${encodeURIComponent(name)}/check`;
    const question = { method: 'POST', path, body: {} } as const;
    const check = await askOperator(dataFolder, question, imageCheckSchema);
    checks.push(check);
    if (json !== true) print(terminal, check);
  }
  if (json === true) terminal.print(JSON.stringify(checks, null, 2));
  return checks.every(isGood) ? 0 : 1;
}

function isGood({ image, kernels }: ImageCheck): boolean {
  return image.state === 'ready' && kernels.every(({ outcome }) => outcome !== 'failed');
}

function print(terminal: Terminal, { image, kernels }: ImageCheck): void {
  const digest = image.digest === null ? '' : ` (${image.digest})`;
  terminal.print(printable(`${image.imageName}: ${image.state}${digest}`));
  if (image.reason !== null) terminal.print(printable(`  ${image.reason.english}`));
  for (const { name, displayName, outcome, message, milliseconds } of kernels) {
    const why = message === null ? ` in ${(milliseconds / 1000).toFixed(1)} s` : `: ${message}`;
    terminal.print(printable(`  ${name}  ${displayName}: ${outcomes[outcome]}${why}`));
  }
}
