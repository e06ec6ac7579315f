// @ts-check
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const compressible = /\.(?:js|css|svg|json|txt|html|ttf|eot)$/;
const atOnce = 4;

/**
 * Puts a `.br` and a `.gz` beside each compressible file, so that serving one costs no computing.
 *
 * @param {string} folder
 */
export async function compressFolder(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && compressible.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const totals = { fileCount: files.length, rawBytes: 0, brotliBytes: 0 };
  const waiting = [...files];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
        const sizes = await compressFile(file);
        totals.rawBytes += sizes.rawBytes;
        totals.brotliBytes += sizes.brotliBytes;
      }
    }),
  );
  return totals;
}

/** @param {string} file */
async function compressFile(file) {
  const content = await readFile(file);
  const [brotli, gzipped] = await Promise.all([
    promisify(brotliCompress)(content, {
      params: {
        // Quality 11 saves 5 % more and takes ten times as long.
        [constants.BROTLI_PARAM_QUALITY]: 9,
        [constants.BROTLI_PARAM_LGWIN]: 22,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, gzipped)]);
  return { rawBytes: content.length, brotliBytes: brotli.length };
}
