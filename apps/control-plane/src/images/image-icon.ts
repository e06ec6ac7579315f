import { open } from 'node:fs/promises';
import { StrongroomError } from '@strongroom/contracts';

export interface ImageIcon {
  readonly bytes: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const maximumBytes = 256 * 1024;
const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * A picture of the domain file's. An SVG may hold programs: opened by itself it is sandboxed and loads
 * nothing, and in a page it is an image, where browsers run none.
 */
export async function readImageIcon(file: string | undefined): Promise<ImageIcon> {
  const bytes = file === undefined ? undefined : await readLimited(file);
  const contentType = bytes && contentTypeOf(bytes);
  if (bytes === undefined || contentType === undefined) {
    throw new StrongroomError('ImageNotFound', 'Cannot find a picture of this image');
  }
  return {
    bytes,
    headers: {
      'content-type': contentType,
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=300',
    },
  };
}

async function readLimited(file: string): Promise<Buffer | undefined> {
  try {
    await using opened = await open(file, 'r');
    const found = await opened.stat();
    if (!found.isFile() || found.size > maximumBytes) return undefined;
    return await opened.readFile();
  } catch {
    return undefined;
  }
}

function contentTypeOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, pngSignature.length).equals(pngSignature)) return 'image/png';
  const start = bytes.subarray(0, 1024).toString('utf8').trimStart();
  return /^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s/>]/.test(start)
    ? 'image/svg+xml'
    : undefined;
}
