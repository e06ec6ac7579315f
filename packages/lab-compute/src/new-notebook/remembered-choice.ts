import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Choice } from '../model/choice.ts';

const key = 'lastChoice';

/** With the image's name as people read it: a launcher shows it before anything is asked. */
export interface LastChoice extends Choice {
  readonly imageDisplayName: string;
}

/** What a person chose for their last new notebook; it lies with their settings, in their home. */
export class RememberedChoice {
  readonly #settings: Promise<ISettingRegistry.ISettings | null>;
  readonly #changed = new Signal<this, void>(this);
  #choice: Partial<LastChoice> = {};

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

  get choice(): Partial<LastChoice> {
    return this.#choice;
  }

  /** Never rejects: not to remember keeps nobody from working. */
  async remember({ kernelName, instanceType, imageDisplayName }: LastChoice): Promise<void> {
    const settings = await this.#settings;
    const choice = { kernelName, instanceType, imageDisplayName };
    try {
      await settings?.set(key, choice);
    } catch {
      this.#take(choice);
    }
  }

  #take(value: unknown): void {
    this.#choice = parseChoice(value);
    this.#changed.emit();
  }
}

/** Settings are a file that a person may edit. */
export function parseChoice(value: unknown): Partial<LastChoice> {
  if (typeof value !== 'object' || value === null) return {};
  const names = ['kernelName', 'instanceType', 'imageDisplayName'] as const;
  const texts = names
    .map((name) => [name, (value as Record<string, unknown>)[name]] as const)
    .filter(([, text]) => typeof text === 'string' && text !== '');
  return Object.fromEntries(texts);
}
