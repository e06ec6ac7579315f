import { constants } from 'node:fs';
import { type FileHandle, lchown, open } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { sandboxPaths } from '@strongroom/contracts';
import type { NodeLink } from './node-link.ts';
import { connectionFolder, socketNumbers } from './node-protocol.ts';

const maximumConnectionFileBytes = 4096;

/**
 * One kernel's connection file and sockets, where the studio's agent has them. The folder is the person's,
 * who may put links and other files into it at any moment; so it is opened once, and no link is followed.
 */
export class SocketRelay {
  readonly connection: { readonly name: string; readonly text: string };
  readonly #folder: FileHandle;
  readonly #hostUid: number | undefined;
  readonly #servers: Server[] = [];
  readonly #sockets = new Set<Socket>();

  private constructor(
    folder: FileHandle,
    hostUid: number | undefined,
    connection: SocketRelay['connection'],
  ) {
    this.#folder = folder;
    this.#hostUid = hostUid;
    this.connection = connection;
  }

  static async open(options: {
    readonly runtimeFolder: string;
    readonly hostUid: number | undefined;
    readonly command: readonly string[];
  }): Promise<SocketRelay> {
    const { runtimeFolder, hostUid, command } = options;
    const name = connectionNameIn(command);
    const flags = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW;
    const folder = await open(join(runtimeFolder, connectionFolder), flags);
    try {
      const text = await readSmallFile(pathIn(folder, `${name}.json`));
      return new SocketRelay(folder, hostUid, { name, text });
    } catch (error) {
      await folder.close();
      throw error;
    }
  }

  /** The kernel's sockets, as they would be here if it ran here. */
  async listen(link: NodeLink): Promise<void> {
    for (const number of socketNumbers) {
      const path = pathIn(this.#folder, `${this.connection.name}-${number}`);
      const server = createServer({ allowHalfOpen: true }, (socket) =>
        this.#pass(socket, link, number),
      );
      this.#servers.push(server);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(path, resolve);
      });
      if (this.#hostUid !== undefined) await lchown(path, this.#hostUid, this.#hostUid);
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(
      this.#servers.map((server) => new Promise((resolve) => server.close(resolve))),
    );
    // Only now: a server removes its path, which leads through this folder.
    await this.#folder.close();
  }

  #pass(socket: Socket, link: NodeLink, number: number): void {
    socket.on('error', () => socket.destroy());
    const stream = link.socket(number);
    if (stream === undefined) {
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      stream.close();
    });
    stream.once('close', () => socket.destroy());
    socket.pipe(stream);
    stream.pipe(socket);
  }
}

function pathIn(folder: FileHandle, name: string): string {
  return join(`/proc/self/fd/${folder.fd}`, name);
}

/** The agent names its connection file in the command of the kernel. */
function connectionNameIn(command: readonly string[]): string {
  const folder = `${sandboxPaths.runtimeFolder}/${connectionFolder}/`;
  for (const word of command) {
    const at = word.indexOf(folder);
    const name = /^([\w-]+(?:\.[\w-]+)*)\.json\b/.exec(word.slice(at + folder.length))?.[1];
    if (at !== -1 && name !== undefined) return name;
  }
  throw new Error('Cannot start a kernel on the cluster: its command names no connection file');
}

async function readSmallFile(path: string): Promise<string> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags);
  try {
    const stats = await file.stat();
    if (!stats.isFile() || stats.size > maximumConnectionFileBytes) {
      throw new Error('Cannot read a connection file: it is none');
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}
