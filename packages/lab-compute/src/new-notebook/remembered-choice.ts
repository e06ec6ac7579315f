import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Choice } from '../model/choice.ts';

const key = 'lastChoice';

/** What a person chose for their last new notebook; it lies with their settings, in their home. */
export class RememberedChoice {
  readonly #settings: Promise<ISettingRegistry.ISettings | null>;
  readonly #changed = new Signal<this, void>(this);
  #choice: Partial<Choice> = {};

  constructor(settings: Promise<ISettingRegistry.ISettings | null>) {
    this.#settings = settings;
    void settings.then((loaded) => {
      const take = () => this.#take(loaded?.composite[key]);
      loaded?.changed.connect(take);
      take();
    });
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get choice(): Partial<Choice> {
    return this.#choice;
  }

  /** Never rejects: not to remember keeps nobody from working. */
  async remember({ kernelName, instanceType }: Choice): Promise<void> {
    const settings = await this.#settings;
    try {
      await settings?.set(key, { kernelName, instanceType });
    } catch {
      this.#take({ kernelName, instanceType });
    }
  }

  #take(value: unknown): void {
    this.#choice = parseChoice(value);
    this.#changed.emit();
  }
}

/** Settings are a file that a person may edit. */
export function parseChoice(value: unknown): Partial<Choice> {
  if (typeof value !== 'object' || value === null) return {};
  const { kernelName, instanceType } = value as Record<string, unknown>;
  return {
    ...(typeof kernelName === 'string' && kernelName !== '' ? { kernelName } : {}),
    ...(typeof instanceType === 'string' && instanceType !== '' ? { instanceType } : {}),
  };
}
