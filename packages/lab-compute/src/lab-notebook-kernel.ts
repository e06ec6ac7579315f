import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';
import type { SessionApi } from './api/session-api.ts';
import type { Choice } from './model/choice.ts';
import type { NotebookKernel } from './model/notebook-kernel.ts';

/** `instanceTypeKey` of packages/contracts. */
const instanceTypeKey = 'instance_type';

export interface LabNotebookKernelOptions {
  readonly panel: NotebookPanel;
  readonly sessionApi: SessionApi;
  readonly sessions: Pick<Session.IManager, 'running'>;
}

/** The kernel of an open notebook of Lab. */
export class LabNotebookKernel implements NotebookKernel {
  readonly #panel: NotebookPanel;
  readonly #sessionApi: SessionApi;
  readonly #sessions: Pick<Session.IManager, 'running'>;
  readonly #changed = new Signal<this, void>(this);

  constructor({ panel, sessionApi, sessions }: LabNotebookKernelOptions) {
    this.#panel = panel;
    this.#sessionApi = sessionApi;
    this.#sessions = sessions;
    const emit = () => this.#changed.emit();
    const { sessionContext } = panel;
    sessionContext.kernelChanged.connect(emit);
    sessionContext.statusChanged.connect(emit);
    sessionContext.connectionStatusChanged.connect(emit);
    void panel.context.ready.then(emit, () => undefined);
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get kernelId(): string | undefined {
    return this.#panel.sessionContext.session?.kernel?.id;
  }

  get kernelName(): string | undefined {
    const { session, kernelPreference } = this.#panel.sessionContext;
    return session?.kernel?.name ?? kernelPreference.name ?? this.#nameInMetadata;
  }

  get status(): string {
    return this.#panel.sessionContext.kernelDisplayStatus;
  }

  get instanceType(): string | undefined {
    const value: unknown = this.#panel.content.model?.getMetadata(instanceTypeKey);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  get knownKernelIds(): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { kernel } of this.#sessions.running()) if (kernel) ids.add(kernel.id);
    return ids;
  }

  async change({ kernelName, instanceType }: Choice): Promise<void> {
    const { sessionContext } = this.#panel;
    const { session } = sessionContext;
    if (session?.kernel) {
      await this.#sessionApi.changeKernel(session.id, { kernelName, instanceType });
      return;
    }
    // The agent takes what Lab's type does not name.
    const kernel = { name: kernelName, instance_type: instanceType };
    await sessionContext.changeKernel(kernel);
  }

  /** Into the shared model: whoever has the notebook open sees it, and undo leaves it alone. */
  writeInstanceType(instanceType: string): void {
    if (this.instanceType === instanceType) return;
    this.#panel.content.model?.setMetadata(instanceTypeKey, instanceType);
  }

  /** Lab's own command for it keeps the failure to itself. */
  async restart(): Promise<void> {
    const { sessionContext } = this.#panel;
    const kernel = sessionContext.session?.kernel;
    if (kernel) await kernel.restart();
    else await sessionContext.startKernel();
  }

  get #nameInMetadata(): string | undefined {
    const spec: unknown = this.#panel.content.model?.getMetadata('kernelspec');
    const name = typeof spec === 'object' && spec !== null ? Reflect.get(spec, 'name') : undefined;
    return typeof name === 'string' ? name : undefined;
  }
}
