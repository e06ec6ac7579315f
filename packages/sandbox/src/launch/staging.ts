import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SandboxError } from '../sandbox-error.ts';

/**
 * Empty folders and files, on a path that every uid can walk, for a launcher to bind over in its own
 * mount namespace. Nothing is ever mounted on them in the host's.
 */
export interface Staging {
  /**
   * One place for each source, in their order.
   *
   * @throws {SandboxError} `InvalidSpec` where a source does not exist or there are too many
   */
  place(sources: readonly string[]): Promise<{ source: string; staged: string }[]>;
  remove(): Promise<void>;
}

const placeCount = 32;

/** `parent`: a folder that all may walk and only root may write, `/run`. */
export async function openStaging(parent: string, installationId: string): Promise<Staging> {
  const folder = join(parent, `strongroom-${installationId}`);
  await mkdir(folder, { recursive: true, mode: 0o711 });
  for (let index = 0; index < placeCount; index += 1) {
    await mkdir(join(folder, `folder-${index}`), { recursive: true, mode: 0o711 });
    await writeFile(join(folder, `file-${index}`), '', { mode: 0o600 });
  }
  return {
    async place(sources) {
      if (sources.length > placeCount) {
        throw new SandboxError('InvalidSpec', `Cannot mount ${sources.length} things`);
      }
      return Promise.all(
        sources.map(async (source, index) => {
          const kind = (await describe(source)).isDirectory() ? 'folder' : 'file';
          return { source, staged: join(folder, `${kind}-${index}`) };
        }),
      );
    },
    async remove() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function describe(source: string) {
  try {
    return await stat(source);
  } catch (error) {
    throw new SandboxError('InvalidSpec', `Cannot mount "${source}": it is not there`, {
      cause: error,
    });
  }
}
