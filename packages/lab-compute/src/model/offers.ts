import { type ISignal, Signal } from '@lumino/signaling';
import type {
  Image,
  ImageKernel,
  InstanceType,
  Prices,
  StudioCompute,
} from '@strongroom/contracts';
import type { ComputeApi } from '../api/compute-api.ts';

export interface OfferedKernel {
  readonly image: Image;
  readonly kernel: ImageKernel;
}

/** What has no cost is not metered: there no budget keeps anything from starting. */
type OffersApi = Pick<ComputeApi, 'offers'> & Partial<Pick<ComputeApi, 'cost'>>;

/** What this person may choose from. */
export class Offers {
  readonly #api: OffersApi;
  readonly #changed = new Signal<this, void>(this);
  #offered: StudioCompute | null = null;
  #isBudgetUsedUp = false;
  #error: unknown;
  #asking: Promise<void> | undefined;

  constructor(api: OffersApi) {
    this.#api = api;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Of the last answer; null before the first. */
  get offered(): StudioCompute | null {
    return this.#offered;
  }

  /** Why the last question was not answered. */
  get error(): unknown {
    return this.#error;
  }

  /** Then nothing that has a price is started. */
  get isBudgetUsedUp(): boolean {
    return this.#isBudgetUsedUp;
  }

  get prices(): Prices | null {
    return this.#offered?.prices ?? null;
  }

  findKernel(name: string): OfferedKernel | undefined {
    for (const image of this.#offered?.images ?? []) {
      const kernel = image.kernels.find((each) => each.name === name);
      if (kernel !== undefined) return { image, kernel };
    }
    return undefined;
  }

  findImage(imageName: string): Image | undefined {
    return this.#offered?.images.find((image) => image.imageName === imageName);
  }

  findType(instanceType: string): InstanceType | undefined {
    return this.#offered?.instanceTypes.find((each) => each.instanceType === instanceType);
  }

  get defaultType(): InstanceType | undefined {
    return this.#offered?.instanceTypes.find(({ isDefault }) => isDefault);
  }

  /** The first time only: what is offered changes seldom. Never rejects. */
  async ready(): Promise<void> {
    if (this.#offered === null) await this.refresh();
  }

  /** Whoever asks while it is asked already waits for that answer. Never rejects. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<void> {
    try {
      const [offered, isBudgetUsedUp] = await Promise.all([
        this.#api.offers(),
        this.#askForBudgets(),
      ]);
      this.#offered = offered;
      this.#isBudgetUsedUp = isBudgetUsedUp;
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.#changed.emit();
  }

  async #askForBudgets(): Promise<boolean> {
    const cost = await this.#api.cost?.().catch(() => undefined);
    return (cost?.budgets ?? []).some((each) => each.blocks && each.reachedPercent >= 100);
  }
}
