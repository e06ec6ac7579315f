import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { build } from 'vite';

const folder = import.meta.dirname;

await build({ root: folder, logLevel: 'warn' });
await compress(join(folder, 'dist'));

/** Puts a `.br` and a `.gz` beside each file that gets smaller, so that no request compresses. */
async function compress(dist) {
  const names = await readdir(dist, { recursive: true });
  for (const name of names.filter((each) => /\.(?:js|css|html|svg)$/.test(each))) {
    const path = join(dist, name);
    const content = await readFile(path);
    if (content.length < 1024) continue;
    await writeFile(`${path}.br`, await promisify(brotliCompress)(content));
    await writeFile(`${path}.gz`, await promisify(gzip)(content));
  }
}
