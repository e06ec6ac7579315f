import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from '../sandbox-error.ts';

/** The sources of one launch, each with a place to bind it. */
export interface StagedSources {
  /** Where bwrap, under the person's uid, finds each source, in their order. */
  readonly places: readonly string[];
  /** An fstab(5) of the binds; undefined where there are none. */
  readonly tableFile: string | undefined;
  /** To be called once the sandbox stands, or could not be built. */
  remove(): Promise<void>;
}

/**
 * Empty folders and files, on a path that every uid can walk, for a launcher to bind over in its own
 * mount namespace. Nothing is ever mounted on them in the host's.
 */
export interface Staging {
  /** @throws {SandboxError} `InvalidSpec` where a source does not exist or there are too many */
  stage(appId: string, sources: readonly string[]): Promise<StagedSources>;
}

const placeCount = 32;

/** `folder`: on a path that all may walk and only root may write. */
export async function openStaging(folder: string): Promise<Staging> {
  for (let index = 0; index < placeCount; index += 1) {
    await mkdir(join(folder, `folder-${index}`), { recursive: true, mode: 0o711 });
    await writeFile(join(folder, `file-${index}`), '', { mode: 0o600 });
  }
  return {
    async stage(appId, sources) {
      if (sources.length > placeCount) {
        throw new SandboxError('InvalidSpec', `Cannot mount ${sources.length} things`);
      }
      const kinds = await Promise.all(sources.map(kindOf));
      const places = kinds.map((kind, index) => join(folder, `${kind}-${index}`));
      if (places.length === 0) return { places, tableFile: undefined, remove: async () => {} };
      const tableFile = join(folder, `table-${appId}`);
      const lines = sources.map((source, index) => bindLine(source, places[index] ?? ''));
      await writeFile(tableFile, lines.join(''), { mode: 0o600 });
      return { places, tableFile, remove: () => rm(tableFile, { force: true }) };
    },
  };
}

/** A line of fstab(5), where what separates its fields is written in octal. */
function bindLine(source: string, place: string): string {
  return `${escapeField(source)} ${escapeField(place)} none bind 0 0\n`;
}

function escapeField(path: string): string {
  return path.replace(
    /[\s\\]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
  );
}

async function kindOf(source: string): Promise<'folder' | 'file'> {
  try {
    return (await stat(source)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw new SandboxError('InvalidSpec', `Cannot mount "${source}": it is not there`, {
      cause: error,
    });
  }
}
