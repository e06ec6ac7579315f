import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestSchema, timestampSchema } from '@strongroom/contracts';
import { z } from 'zod';

/** `image.json` beside an unpacked root file system: written last, so that what has it is whole. */
const imageRecordSchema = z.object({
  digest: digestSchema,
  /** What a registry or an archive calls it, where that is another manifest. */
  sourceDigest: digestSchema.nullable(),
  reference: z.string(),
  architecture: z.string(),
  environment: z.array(z.string()),
  sizeBytes: z.number(),
  treeHash: z.string(),
  addedAt: timestampSchema,
});
export type ImageRecord = z.infer<typeof imageRecordSchema>;

const recordName = 'image.json';
export const rootFolderName = 'rootfs';

export function nameOf(digest: string): string {
  return digest.replace(':', '-');
}

/** `undefined` where the folder holds none that can be read. */
export async function readImageRecord(folder: string): Promise<ImageRecord | undefined> {
  const text = await readFile(join(folder, recordName), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return imageRecordSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function writeImageRecord(folder: string, record: ImageRecord): Promise<void> {
  await using file = await open(join(folder, recordName), 'wx', 0o600);
  await file.writeFile(`${JSON.stringify(record, null, 2)}\n`);
  await file.sync();
}
