import { type ISignal, Signal } from '@lumino/signaling';
import type { Image, InstanceType, StudioCompute } from '@strongroom/contracts';
import { type Choice, imageOf, isUsable, settle } from './choice.ts';
import type { Offers } from './offers.ts';

export interface ChoiceDialogOptions {
  readonly offers: Offers;
  /** What runs now; empty for a notebook that is not there yet. */
  readonly now: Partial<Choice>;
  /** What is chosen ahead of the person's own choice. */
  readonly preferred: Partial<Choice>;
  readonly isNewNotebook: boolean;
  /** Whether variables would be lost. */
  readonly hasKernel: boolean;
  /** What to do with the choice; the dialog stays while it does, and tells where it fails. */
  readonly accept: (choice: Choice) => Promise<void>;
}

/** From opening the dialog to a choice. */
export class ChoiceDialogModel {
  readonly options: ChoiceDialogOptions;
  readonly #changed = new Signal<this, void>(this);
  #choice: Choice | null = null;
  #isWorking = false;
  #error: unknown;

  constructor(options: ChoiceDialogOptions) {
    this.options = options;
    options.offers.changed.connect(this.#settle, this);
    this.#settle();
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get offered(): StudioCompute | null {
    return this.options.offers.offered;
  }

  /** Null until it is known what there is, or where there is nothing. */
  get choice(): Choice | null {
    return this.#choice;
  }

  get image(): Image | undefined {
    if (this.offered === null || this.#choice === null) return undefined;
    return imageOf(this.offered, this.#choice.kernelName);
  }

  get isWorking(): boolean {
    return this.#isWorking;
  }

  /** Of the question what there is, or of the choice's end. */
  get error(): unknown {
    return this.#error ?? (this.offered === null ? this.options.offers.error : undefined);
  }

  typeOf(choice: Partial<Choice> | null): InstanceType | undefined {
    return this.options.offers.findType(choice?.instanceType ?? '');
  }

  get isChanged(): boolean {
    const { now } = this.options;
    return (
      this.#choice?.kernelName !== now.kernelName || this.#choice?.instanceType !== now.instanceType
    );
  }

  get canAccept(): boolean {
    if (this.#choice === null || this.#isWorking) return false;
    const { isNewNotebook, hasKernel } = this.options;
    return isNewNotebook || !hasKernel || this.isChanged;
  }

  /** Asks anew what there is: what is busy changes. */
  async open(): Promise<void> {
    await this.options.offers.refresh();
  }

  chooseImage(image: Image): void {
    const before = this.image;
    if (image.imageName === before?.imageName || !isUsable(image)) return;
    // The same language where the image has it: whoever writes R goes on with R.
    const language = before?.kernels.find(
      ({ name }) => name === this.#choice?.kernelName,
    )?.language;
    const kernel = image.kernels.find((each) => each.language === language) ?? image.kernels[0];
    if (kernel !== undefined) this.#choose({ kernelName: kernel.name });
  }

  chooseKernel(kernelName: string): void {
    this.#choose({ kernelName });
  }

  chooseType({ instanceType, availability }: InstanceType): void {
    if (availability !== 'unavailable') this.#choose({ instanceType });
  }

  /** True where it is done and the dialog can go. */
  async accept(): Promise<boolean> {
    if (!this.canAccept || this.#choice === null) return false;
    this.#isWorking = true;
    this.#error = undefined;
    this.#changed.emit();
    try {
      await this.options.accept(this.#choice);
      return true;
    } catch (error) {
      this.#error = error;
      return false;
    } finally {
      this.#isWorking = false;
      this.#changed.emit();
    }
  }

  close(): void {
    Signal.clearData(this);
  }

  #choose(part: Partial<Choice>): void {
    if (this.#choice === null || this.#isWorking) return;
    this.#choice = { ...this.#choice, ...part };
    this.#error = undefined;
    this.#changed.emit();
  }

  /** What was chosen stays chosen where it is still offered. */
  #settle(): void {
    const { now, preferred } = this.options;
    const { offered } = this;
    if (offered !== null) {
      this.#choice = settle(offered, this.#choice ?? { ...now, ...preferred });
    }
    this.#changed.emit();
  }
}
