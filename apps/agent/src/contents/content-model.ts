import type { Stats } from 'node:fs';
import { mimeTypeOf } from './mime-type.ts';

export type ContentType = 'directory' | 'file' | 'notebook';
type ContentFormat = 'text' | 'base64' | 'json';

/** The contents model of the Jupyter server REST API (`/api/contents`). Times are ISO 8601 in UTC. */
export interface ContentModel {
  readonly name: string;
  readonly path: string;
  readonly type: ContentType;
  readonly writable: boolean;
  readonly created: string;
  readonly last_modified: string;
  /** Bytes; null for a folder. */
  readonly size: number | null;
  readonly mimetype: string | null;
  readonly content: unknown;
  readonly format: ContentFormat | null;
  readonly hash: string | null;
  readonly hash_algorithm: 'sha256' | null;
  /** Why a notebook that was read or saved is not a valid one. */
  readonly message?: string;
}

/** The model of one entry without its content. `stats` are of what a link leads to. */
export function describeEntry(apiPath: string, stats: Stats, type?: ContentType): ContentModel {
  const name = apiPath.slice(apiPath.lastIndexOf('/') + 1);
  const shownType = type ?? typeOf(name, stats);
  return {
    name,
    path: apiPath,
    type: shownType,
    writable: isWritable(stats),
    created: timestamp(stats.birthtimeMs > 0 ? stats.birthtimeMs : stats.ctimeMs),
    last_modified: timestamp(stats.mtimeMs),
    size: shownType === 'directory' ? null : stats.size,
    mimetype: shownType === 'file' ? mimeTypeOf(name) : null,
    content: null,
    format: null,
    hash: null,
    hash_algorithm: null,
  };
}

export function typeOf(name: string, stats: Stats): ContentType {
  if (stats.isDirectory()) return 'directory';
  return name.endsWith('.ipynb') && stats.isFile() ? 'notebook' : 'file';
}

export function withHash(model: ContentModel, sha256: string): ContentModel {
  return { ...model, hash: sha256, hash_algorithm: 'sha256' };
}

const userId = process.getuid?.() ?? 0;
const groupIds = new Set([...(process.getgroups?.() ?? []), process.getgid?.() ?? 0]);

/** From the mode alone: asking the kernel for each of 10,000 entries would double the listing's time. */
export function isWritable(stats: Stats): boolean {
  if (!stats.isFile() && !stats.isDirectory()) return false;
  if (userId === 0) return true;
  if (stats.uid === userId) return (stats.mode & 0o200) !== 0;
  return (stats.mode & (groupIds.has(stats.gid) ? 0o020 : 0o002)) !== 0;
}

/** A file may carry a time that no date can hold; it is shown as the epoch. */
function timestamp(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}
