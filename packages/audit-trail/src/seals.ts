import { createHmac, timingSafeEqual } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { syncFolder } from './whole-file.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a finished day's file held. */
export const sealSchema = z.strictObject({
  day: z.iso.date(),
  firstSequence: z.int().positive(),
  lastSequence: z.int().positive(),
  lastHash: hash,
  sizeBytes: z.int().nonnegative(),
});
export type Seal = z.infer<typeof sealSchema>;

/** How far the trail went, so that a cut end shows. It may lag behind the trail, never be ahead. */
export const headSchema = z.strictObject({ sequence: z.int().nonnegative(), hash });
export type Head = z.infer<typeof headSchema>;

/** Where the trail begins after days that were kept long enough are gone. */
export const startSchema = z.strictObject({ sequence: z.int().nonnegative(), hash });

export const headFileName = 'head.json';
export const startFileName = 'start.json';

/**
 * Signed, so that who may write the folder but does not have the key cannot make one. On the disk
 * when it resolves: after a loss of power there is the old one or the new one, and not an empty file.
 */
export async function writeSigned(path: string, content: object, key: Buffer): Promise<void> {
  const body = JSON.stringify(content);
  const text = `${JSON.stringify({ body, mac: macOf(body, key) })}\n`;
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.datasync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  await syncFolder(dirname(path));
}

export type ReadSigned<Content> =
  | { readonly state: 'missing' }
  | { readonly state: 'forged' }
  | { readonly state: 'valid'; readonly content: Content };

export async function readSigned<Content>(
  path: string,
  schema: z.ZodType<Content>,
  key: Buffer,
): Promise<ReadSigned<Content>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { state: 'missing' };
    throw error;
  }
  try {
    const { body, mac } = signedSchema.parse(JSON.parse(text));
    const expected = Buffer.from(macOf(body, key), 'hex');
    const given = Buffer.from(mac, 'hex');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return { state: 'forged' };
    }
    return { state: 'valid', content: schema.parse(JSON.parse(body)) };
  } catch {
    return { state: 'forged' };
  }
}

const signedSchema = z.strictObject({ body: z.string(), mac: z.string() });

function macOf(body: string, key: Buffer): string {
  return createHmac('sha256', key).update(body).digest('hex');
}
