import { constants, watch } from 'node:fs';
import { chown, type FileHandle, mkdir, open, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

/** open(2): a reference to a file that opens nothing, not even what a link leads to. */
const pathOnly = 0o10000000;

/** The folder of one kernel's sockets on this node, which the kernel itself may change at will. */
export class PersonFolder {
  readonly #handle: FileHandle;
  readonly #hostUid: number | undefined;

  private constructor(handle: FileHandle, hostUid: number | undefined) {
    this.#handle = handle;
    this.#hostUid = hostUid;
  }

  static async make(folder: string, hostUid: number | undefined): Promise<PersonFolder> {
    await mkdir(folder, { mode: 0o700 });
    if (hostUid !== undefined) await chown(folder, hostUid, hostUid);
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
    return new PersonFolder(await open(folder, flags), hostUid);
  }

  /** Before anything of the person runs. */
  async write(name: string, text: string): Promise<void> {
    const path = this.#pathOf(name);
    await writeFile(path, text, { mode: 0o600, flag: 'wx' });
    if (this.#hostUid !== undefined) await chown(path, this.#hostUid, this.#hostUid);
  }

  /**
   * Waits until the kernel listens there. What it put there instead, such as a link to a socket of this
   * host, is refused: this program may open what the person may not.
   */
  async connect(name: string, signal: AbortSignal): Promise<Socket> {
    const handle = await this.#whenThere(name, signal);
    try {
      const stats = await handle.stat();
      const isTheirs = this.#hostUid === undefined || stats.uid === this.#hostUid;
      if (!stats.isSocket() || !isTheirs) throw new Error(`Cannot connect to "${name}": no socket`);
      const socket = connect(`/proc/self/fd/${handle.fd}`);
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve).once('error', reject);
      });
      return socket;
    } finally {
      await handle.close();
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }

  async #whenThere(name: string, signal: AbortSignal): Promise<FileHandle> {
    const changes = watch(this.#pathOf('.'));
    try {
      for (;;) {
        const changed = new Promise<void>((resolve, reject) => {
          changes.once('change', () => resolve()).once('error', reject);
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        });
        // Looked for only after the watch began, so that nothing is missed between the two.
        changed.catch(() => undefined);
        signal.throwIfAborted();
        try {
          return await open(this.#pathOf(name), pathOnly | constants.O_NOFOLLOW);
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        }
        await changed;
      }
    } finally {
      changes.close();
    }
  }

  #pathOf(name: string): string {
    return join(`/proc/self/fd/${this.#handle.fd}`, name);
  }
}
