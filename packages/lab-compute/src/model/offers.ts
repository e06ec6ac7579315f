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

/** What this person may choose from. */
export class Offers {
  readonly #api: Pick<ComputeApi, 'offers'>;
  readonly #changed = new Signal<this, void>(this);
  #offered: StudioCompute | null = null;
  #error: unknown;
  #asking: Promise<void> | undefined;

  constructor(api: Pick<ComputeApi, 'offers'>) {
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
      this.#offered = await this.#api.offers();
      this.#error = undefined;
    } catch (error) {
      this.#error = error;
    }
    this.#changed.emit();
  }
}
