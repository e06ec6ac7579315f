import { Notification } from '@jupyterlab/apputils';
import { type ISignal, Signal } from '@lumino/signaling';
import { isCancelled } from './bucket-error.ts';
import type { CopyOptions } from './copy-object.ts';

export interface Transfer {
  readonly label: string;
  /** Between 0 and 1; undefined until it is known how much there is. */
  readonly share: number | undefined;
  cancel(): void;
}

export interface TransferWork {
  readonly label: string;
  /** Shown at the end. */
  readonly doneText: string;
  /** Does it and says beforehand how many bytes it is about. */
  readonly work: (
    options: CopyOptions & { readonly setTotal: (bytes: number) => void },
  ) => Promise<void>;
}

export interface TransferTexts {
  readonly cancelled: string;
  readonly describeFailure: (error: unknown) => string;
}

const shownForMilliseconds = 5_000;

/** What is being copied and deleted. Each can be cancelled, and each says how it ended. */
export class Transfers {
  readonly #texts: TransferTexts;
  readonly #changed = new Signal<this, void>(this);
  readonly #running = new Set<Transfer>();

  constructor(texts: TransferTexts) {
    this.#texts = texts;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get running(): readonly Transfer[] {
    return [...this.#running];
  }

  /** Never rejects: what went wrong is shown. */
  async run({ label, doneText, work }: TransferWork): Promise<void> {
    const controller = new AbortController();
    let totalBytes: number | undefined;
    let doneBytes = 0;
    const transfer: Transfer = {
      label,
      get share() {
        if (totalBytes === undefined) return undefined;
        return totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes);
      },
      cancel: () => controller.abort(),
    };
    this.#running.add(transfer);
    this.#changed.emit();
    try {
      await work({
        signal: controller.signal,
        setTotal: (bytes) => {
          totalBytes = bytes;
          this.#changed.emit();
        },
        onBytes: (count) => {
          doneBytes += count;
          this.#changed.emit();
        },
      });
      Notification.success(doneText, { autoClose: shownForMilliseconds });
    } catch (error) {
      this.#tellFailure(label, error);
    } finally {
      this.#running.delete(transfer);
      this.#changed.emit();
    }
  }

  #tellFailure(label: string, error: unknown): void {
    const { cancelled, describeFailure } = this.#texts;
    if (isCancelled(error)) {
      Notification.info(`${label}: ${cancelled}`, { autoClose: shownForMilliseconds });
      return;
    }
    Notification.error(`${label}: ${describeFailure(error)}`, { autoClose: false });
  }
}
