import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { digestSchema } from '@strongroom/contracts';
import { z } from 'zod';
import { imageErrors } from './image-errors.ts';

/** OCI Image Specification, "Content Descriptors". */
const descriptorSchema = z.object({ digest: digestSchema, size: z.int().nonnegative() });
const indexSchema = z.object({ manifests: z.array(descriptorSchema).length(1) });
const manifestSchema = z.object({
  config: descriptorSchema,
  layers: z.array(descriptorSchema).min(1).max(500),
});
/** "Image Configuration"; what is not named here has no meaning for us. */
const configSchema = z.object({
  architecture: z.string().max(64),
  os: z.string().max(64),
  config: z.object({ Env: z.array(z.string().max(32_768)).max(500).nullish() }).nullish(),
});

export interface OciImage {
  readonly digest: string;
  /** As the specification names it, for example `amd64`. */
  readonly architecture: string;
  /** `<NAME>=<value>` */
  readonly environment: readonly string[];
  readonly compressedBytes: number;
}

const maximumDocumentBytes = 4 * 1024 * 1024;

/**
 * The one image of a layout that skopeo wrote. Each document must have the digest that it is named by.
 *
 * @throws {ImageError} `ReferenceUnreadable`, `OtherArchitecture`
 */
export async function readOciImage(layout: string): Promise<OciImage> {
  const index = parse(indexSchema, await readLimited(join(layout, 'index.json')), 'index');
  const [{ digest } = { digest: '' }] = index.manifests;
  const manifest = parse(manifestSchema, await readBlob(layout, digest), 'manifest');
  const configBytes = await readBlob(layout, manifest.config.digest);
  const { architecture, os, config } = parse(configSchema, configBytes, 'configuration');
  if (os !== 'linux' || architecture !== architectureHere()) {
    throw imageErrors.otherArchitecture(`${os}/${architecture}`, `linux/${architectureHere()}`);
  }
  return {
    ...{ digest, architecture, environment: config?.Env ?? [] },
    compressedBytes: manifest.layers.reduce((total, { size }) => total + size, 0),
  };
}

/** GOARCH, which the specification uses. */
export function architectureHere(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}

export function digestOf(bytes: string | Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** What the layers of a manifest take as they are sent; undefined for a list of manifests. */
export function compressedBytesOf(manifest: string): number | undefined {
  const schema = z.object({ layers: z.array(z.object({ size: z.number().nonnegative() })) });
  const read = schema.safeParse(parseJson(manifest));
  return read.success ? read.data.layers.reduce((total, { size }) => total + size, 0) : undefined;
}

async function readBlob(layout: string, digest: string): Promise<string> {
  const [, hexadecimal = ''] = digest.split(':');
  const content = await readLimited(join(layout, 'blobs', 'sha256', hexadecimal));
  if (digestOf(content) !== digest) throw imageErrors.unreadable(`${digest} has other content`);
  return content;
}

async function readLimited(path: string): Promise<string> {
  try {
    await using file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > maximumDocumentBytes) throw new RangeError('it is too large');
    return await file.readFile('utf8');
  } catch (error) {
    throw imageErrors.unreadable(`a document of it is missing or too large`, error);
  }
}

function parse<Shape>(schema: z.ZodType<Shape>, text: string, what: string): Shape {
  const read = schema.safeParse(parseJson(text));
  if (!read.success) throw imageErrors.unreadable(`its ${what} is not as it must be`, read.error);
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
