import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

/** One file and its precompressed forms beside it (`x.br`, `x.gz`). */
export interface StaticFile {
  readonly contentType: string;
  readonly etag: string;
  /** Its name holds a hash of its content, so it never changes. */
  readonly isImmutable: boolean;
  /** The best form for what the client accepts. */
  read(acceptEncoding: string | undefined): Promise<{ body: Buffer; encoding: string | undefined }>;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};
const encodings = [
  { encoding: 'br', extension: '.br' },
  { encoding: 'gzip', extension: '.gz' },
] as const;

/**
 * The files of a folder by their URL path (`/assets/x.js`), listed once: a path that was not found
 * then is never looked up on the disk, so none can lead out of the folder.
 */
export function listStaticFiles(
  folder: string,
  isImmutable: (path: string) => boolean,
): ReadonlyMap<string, StaticFile> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  const existing = new Set(paths);
  const files = paths
    .filter((path) => !encodings.some(({ extension }) => path.endsWith(extension)))
    .map((path) => {
      const url = `/${relative(folder, join(folder, path)).split(sep).join('/')}`;
      const forms = encodings.filter(({ extension }) => existing.has(path + extension));
      return [url, describe(join(folder, path), forms, isImmutable(url))] as const;
    });
  return new Map(files);
}

function describe(
  path: string,
  forms: readonly (typeof encodings)[number][],
  isImmutable: boolean,
): StaticFile {
  const hash = createHash('sha256').update(readFileSync(path)).digest('base64url');
  return {
    contentType: contentTypes[extname(path)] ?? 'application/octet-stream',
    // Weak: the same for every encoding of the file (RFC 9110, section 8.8.1).
    etag: `W/"${hash.slice(0, 27)}"`,
    isImmutable,
    async read(acceptEncoding) {
      const form = forms.find(({ encoding }) => accepts(acceptEncoding, encoding));
      return {
        body: await readFile(path + (form?.extension ?? '')),
        encoding: form?.encoding,
      };
    },
  };
}

/** RFC 9110, section 12.5.3; a weight of 0 is a refusal. */
function accepts(header: string | undefined, encoding: string): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((text) => /^q=0(?:\.0*)?$/.test(text));
  });
}
