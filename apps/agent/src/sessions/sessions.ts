import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';
import type { HomeFolder } from '../contents/home-folder.ts';
import { AgentError } from '../http/agent-error.ts';
import { InTurn } from '../in-turn.ts';
import type { Kernel } from '../kernels/kernel.ts';
import type { KernelModel } from '../kernels/kernel-model.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { findWorkingDirectory } from '../kernels/working-directory.ts';
import { logFailure } from '../log-failure.ts';
import { readNotebookInstanceType } from './notebook-instance-type.ts';

export interface Session {
  readonly id: string;
  path: string;
  name: string;
  type: string;
  kernelId: string;
  /** Settles when nothing is left of the kernel that it had before. */
  left?: Promise<void>;
}

/** The session model of the Jupyter server API. */
export interface SessionModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly kernel: KernelModel;
  /** For clients older than `path`. */
  readonly notebook?: { readonly path: string; readonly name: string };
}

export interface KernelChoice {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly instanceType?: string | undefined;
}

export interface SessionChange {
  readonly path?: string | undefined;
  readonly name?: string | undefined;
  readonly type?: string | undefined;
  readonly kernel?: KernelChoice | undefined;
}

/** Which document works with which kernel. A session lives as long as its kernel. */
export class Sessions {
  readonly #kernels: Kernels;
  readonly #home: HomeFolder;
  readonly #sessions = new Map<string, Session>();
  /** By id: of two changes at once each ends the kernel that the other left. */
  readonly #changes = new InTurn();
  /** By path: two pages that open a document at once get one kernel. */
  readonly #creating = new Map<string, Promise<Session>>();

  constructor(options: { kernels: Kernels; home: HomeFolder }) {
    this.#kernels = options.kernels;
    this.#home = options.home;
  }

  list(): SessionModel[] {
    return [...this.#sessions.values()].flatMap((session) => {
      const kernel = this.#kernels.find(session.kernelId);
      if (kernel !== undefined) return [toModel(session, kernel)];
      this.#sessions.delete(session.id);
      return [];
    });
  }

  /** The notebooks that work with that kernel. */
  notebookPathsOf(kernelId: string): string[] {
    return [...this.#sessions.values()]
      .filter((session) => session.type === 'notebook' && session.kernelId === kernelId)
      .map(({ path }) => path);
  }

  get(id: string): SessionModel {
    const { session, kernel } = this.#require(id);
    return toModel(session, kernel);
  }

  /** The session of that path where there is one already. */
  async open(wanted: SessionChange & { path: string; type: string }): Promise<SessionModel> {
    const existing = this.#findByPath(wanted.path, wanted.type);
    if (existing !== undefined) return this.get(existing.id);
    const key = `${wanted.type}\0${wanted.path}`;
    const creating = this.#creating.get(key) ?? this.#create(wanted);
    this.#creating.set(key, creating);
    try {
      return this.get((await creating).id);
    } finally {
      this.#creating.delete(key);
    }
  }

  /** Where the kernel asked for cannot be had, the session and its kernel are as they were. */
  async change(id: string, change: SessionChange): Promise<SessionModel> {
    return await this.#changes.run(id, () => this.#change(id, change));
  }

  async #change(id: string, change: SessionChange): Promise<SessionModel> {
    await this.#sessions.get(id)?.left;
    const { session, kernel: before } = this.#require(id);
    const path = change.path ?? session.path;
    const kernel = await this.#findReplacement(before, change.kernel, path);
    if (!this.#sessions.has(id)) {
      // Closed meanwhile: nobody would have the new kernel.
      const isNew = change.kernel?.id === undefined;
      if (kernel !== undefined && isNew) await this.#end(kernel.id);
      throw new AgentError('NotFound', `No such session: "${id}"`);
    }
    session.path = path;
    session.name = change.name ?? session.name;
    session.type = change.type ?? session.type;
    if (kernel === undefined || kernel.id === before.id) return this.get(id);
    session.kernelId = kernel.id;
    // As in Jupyter server: the kernel that a session leaves ends, unless another session has it. The new
    // one answers already: nobody waits for that but the session's next change, which may need its room.
    if (!this.#isUsed(before.id)) session.left = this.#end(before.id).catch(logEndFailure);
    return this.get(id);
  }

  async remove(id: string): Promise<void> {
    const { session } = this.#require(id);
    this.#sessions.delete(id);
    if (!this.#isUsed(session.kernelId)) await this.#end(session.kernelId);
  }

  async #create(wanted: SessionChange & { path: string; type: string }): Promise<Session> {
    const kernel = await this.#chooseKernel(wanted.kernel ?? {}, wanted);
    const session: Session = {
      id: randomUUID(),
      path: wanted.path,
      name: wanted.name ?? posix.basename(wanted.path),
      type: wanted.type,
      kernelId: kernel.id,
    };
    this.#sessions.set(session.id, session);
    return session;
  }

  /** A running kernel by id, or a new one by name. */
  async #chooseKernel(
    choice: KernelChoice,
    wanted: SessionChange & { path: string; type: string },
  ): Promise<Kernel> {
    if (choice.id !== undefined) return this.#kernels.require(choice.id);
    const instanceType = choice.instanceType ?? (await this.#findInstanceType(wanted));
    return await this.#start({ ...choice, instanceType }, wanted.path);
  }

  /** Lab opens a session at a path of its own making beside the notebook, and names the notebook. */
  async #findInstanceType({
    path,
    name,
    type,
  }: SessionChange & { path: string; type: string }): Promise<string | undefined> {
    if (type !== 'notebook') return undefined;
    const found = await readNotebookInstanceType(this.#home, path);
    if (found !== undefined || !name || name.includes('/')) return found;
    return await readNotebookInstanceType(this.#home, posix.join(posix.dirname(path), name));
  }

  /** What is not chosen stays as it is. A new kernel has been heard: one that cannot live is none. */
  async #findReplacement(
    before: Kernel,
    choice: KernelChoice | undefined,
    path: string,
  ): Promise<Kernel | undefined> {
    if (choice === undefined) return undefined;
    if (choice.id !== undefined) return this.#kernels.require(choice.id);
    const instanceType = choice.instanceType ?? before.instanceType;
    const name = choice.name ?? before.name;
    // A size that is not free leaves all as it was; also where this very kernel is what makes it so.
    const kernel = await this.#start({ name, instanceType }, path, { mayQueue: false });
    try {
      await kernel.heard();
      return kernel;
    } catch (error) {
      await this.#kernels.shutDown(kernel.id);
      throw error;
    }
  }

  async #start(
    { name, instanceType }: KernelChoice,
    path: string,
    options: { readonly mayQueue?: boolean } = {},
  ): Promise<Kernel> {
    const homeFolder = this.#home.root;
    return await this.#kernels.start({
      ...{ specName: name, instanceType, ...options },
      workingDirectory: await findWorkingDirectory(homeFolder, posix.dirname(path)),
      environment: { JPY_SESSION_NAME: posix.join(homeFolder, path) },
    });
  }

  /** It may have been ended already. */
  async #end(kernelId: string): Promise<void> {
    if (this.#kernels.find(kernelId) !== undefined) await this.#kernels.shutDown(kernelId);
  }

  #findByPath(path: string, type: string): Session | undefined {
    return [...this.#sessions.values()].find(
      (session) =>
        session.path === path &&
        session.type === type &&
        this.#kernels.find(session.kernelId) !== undefined,
    );
  }

  #isUsed(kernelId: string): boolean {
    return [...this.#sessions.values()].some((session) => session.kernelId === kernelId);
  }

  /** Throws `NotFound`, also where its kernel has been shut down. */
  #require(id: string): { session: Session; kernel: Kernel } {
    const session = this.#sessions.get(id);
    const kernel = session && this.#kernels.find(session.kernelId);
    if (session === undefined || kernel === undefined) {
      this.#sessions.delete(id);
      throw new AgentError('NotFound', `No such session: "${id}"`);
    }
    return { session, kernel };
  }
}

function logEndFailure(error: unknown): void {
  logFailure('Cannot end a kernel', error);
}

function toModel(session: Session, kernel: Kernel): SessionModel {
  const { id, path, name, type } = session;
  return {
    id,
    path,
    name,
    type,
    kernel: kernel.toModel(),
    ...(type === 'notebook' && { notebook: { path, name } }),
  };
}
