import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { HomeFolder } from '../contents/home-folder.ts';
import { contentTypeOf } from '../contents/mime-type.ts';
import { openRegularFile } from '../contents/open-file.ts';
import { apiPathOf } from '../http/api-path.ts';
import type { Exchange, Router } from '../http/router.ts';
import { explainSystemError, systemErrorCode } from '../http/system-error.ts';
import { attachmentHeader } from './attachment-header.ts';
import { type ByteRange, parseRange } from './byte-range.ts';

const prefix = '/files';
/**
 * A file of the home is whatever somebody put there: opened as a page it gets an origin of its own,
 * without the studio's cookies (as Jupyter server does).
 */
const sandboxedPage = 'sandbox allow-scripts';

/** `GET /files/<path>`: the bytes, streamed, with ranges and conditional requests (RFC 9110). */
export function registerFiles(router: Router, home: HomeFolder): void {
  router.on('GET', `${prefix}/*`, async (exchange) => {
    const apiPath = home.normalize(apiPathOf(exchange, prefix));
    const { handle } = await openRegularFile(await home.resolve(apiPath), apiPath);
    try {
      await sendFile(exchange, { handle, apiPath });
    } catch (error) {
      throw explainSystemError(error, apiPath);
    } finally {
      await handle.close();
    }
  });
}

async function sendFile(
  exchange: Exchange,
  file: { handle: FileHandle; apiPath: string },
): Promise<void> {
  const { request, response, url } = exchange;
  const name = file.apiPath.slice(file.apiPath.lastIndexOf('/') + 1);
  const stats = await file.handle.stat({ bigint: true });
  const sizeBytes = Number(stats.size);
  const etag = entityTag(stats);
  const modifiedAt = new Date(Number(stats.mtimeMs));
  response.setHeader('etag', etag);
  response.setHeader('last-modified', modifiedAt.toUTCString());
  response.setHeader('accept-ranges', 'bytes');
  // Stored, but asked about each time: the file may change, and a sign-out must count at once.
  response.setHeader('cache-control', 'private, no-cache');
  response.setHeader('content-security-policy', sandboxedPage);
  response.setHeader('content-type', contentTypeOf(name));
  if (isTrue(url.searchParams.get('download'))) {
    response.setHeader('content-disposition', attachmentHeader(name));
  }
  if (isUnchanged(exchange, etag, modifiedAt)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  const range = isRangeCurrent(exchange, etag, modifiedAt)
    ? parseRange(request.headers.range, sizeBytes)
    : undefined;
  if (range === 'unsatisfiable') {
    response.statusCode = 416;
    response.setHeader('content-range', `bytes */${sizeBytes}`);
    response.end();
    return;
  }
  await sendBytes(exchange, file.handle, { range, sizeBytes });
}

async function sendBytes(
  exchange: Exchange,
  handle: FileHandle,
  part: { range: ByteRange | undefined; sizeBytes: number },
): Promise<void> {
  const { request, response } = exchange;
  const first = part.range?.first ?? 0;
  const last = part.range?.last ?? part.sizeBytes - 1;
  const length = last - first + 1;
  if (part.range !== undefined) {
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${first}-${last}/${part.sizeBytes}`);
  }
  response.setHeader('content-length', length);
  if (request.method === 'HEAD' || length === 0) {
    response.end();
    return;
  }
  // `end` also bounds a file that grows meanwhile; one that shrinks ends the connection early,
  // which the client sees as a broken download.
  const stream = handle.createReadStream({
    start: first,
    end: last,
    autoClose: false,
    highWaterMark: 256 * 1024,
  });
  try {
    await pipeline(stream, response);
  } catch (error) {
    if (systemErrorCode(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}

function entityTag(stats: BigIntStats): string {
  return `"${stats.ino.toString(36)}-${stats.size.toString(36)}-${stats.mtimeNs.toString(36)}"`;
}

/** RFC 9110, section 13.2.2: `If-None-Match` decides where it is sent, else `If-Modified-Since`. */
function isUnchanged({ request }: Exchange, etag: string, modifiedAt: Date): boolean {
  const tags = request.headers['if-none-match'];
  if (tags !== undefined) {
    return (
      tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
    );
  }
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since;
}

/** RFC 9110, section 13.1.5: with `If-Range` the range counts only for the file it was asked about. */
function isRangeCurrent({ request }: Exchange, etag: string, modifiedAt: Date): boolean {
  const condition = request.headers['if-range'];
  if (condition === undefined) return true;
  return condition === etag || condition === modifiedAt.toUTCString();
}

function isTrue(value: string | null): boolean {
  return value === '1' || value === 'true';
}
