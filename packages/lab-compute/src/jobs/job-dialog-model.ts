import { type ISignal, Signal } from '@lumino/signaling';
import { cronOf } from '@strongroom/contracts/rhythm';
import type { JobsApi } from '../api/jobs-api.ts';
import { type Choice, settle } from '../model/choice.ts';
import type { Offers } from '../model/offers.ts';
import { definitionOf, emptyForm, type FormProblem, type JobForm, problemsOf } from './job-form.ts';
import type { Parameter } from './notebook-parameters.ts';

export interface JobDialogOptions {
  readonly api: Pick<JobsApi, 'start' | 'schedule'>;
  readonly offers: Offers;
  /** Those that one may write to; asked when the dialog opens. */
  readonly findBuckets: () => Promise<readonly string[]>;
  readonly notebookPath: string;
  readonly parameters: readonly Parameter[];
  /** What the notebook runs on now. */
  readonly now: Partial<Choice>;
  readonly timeZone: string;
}

/** From opening the dialog to a job, or a schedule of it. */
export class JobDialogModel {
  readonly options: JobDialogOptions;
  readonly #changed = new Signal<this, void>(this);
  #form: JobForm;
  #buckets: readonly string[] = [];
  #isWorking = false;
  #error: unknown;

  constructor(options: JobDialogOptions) {
    this.options = options;
    this.#form = emptyForm(options.notebookPath, options.parameters);
    options.offers.changed.connect(this.#settle, this);
    this.#settle();
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get form(): JobForm {
    return this.#form;
  }

  get buckets(): readonly string[] {
    return this.#buckets;
  }

  get isWorking(): boolean {
    return this.#isWorking;
  }

  get error(): unknown {
    const { offers } = this.options;
    return this.#error ?? (offers.offered === null ? offers.error : undefined);
  }

  get problems(): readonly FormProblem[] {
    return problemsOf(this.#form);
  }

  get canStart(): boolean {
    return !this.#isWorking && this.problems.length === 0;
  }

  /** Never rejects. */
  async open(): Promise<void> {
    const { offers, findBuckets } = this.options;
    const [buckets] = await Promise.all([findBuckets().catch(() => []), offers.refresh()]);
    this.#buckets = buckets;
    this.change(this.#form.bucket === '' ? { bucket: buckets[0] ?? '' } : {});
  }

  change(part: Partial<JobForm>): void {
    this.#form = { ...this.#form, ...part };
    this.#error = undefined;
    this.#changed.emit();
  }

  changeParameter(name: string, text: string): void {
    const parameters = this.#form.parameters.map((field) =>
      field.name === name ? { ...field, text } : field,
    );
    this.change({ parameters });
  }

  /** True where the dialog can go. */
  async start(): Promise<boolean> {
    if (!this.canStart) return false;
    const { api, offers, notebookPath, timeZone } = this.options;
    const definition = definitionOf(this.#form, notebookPath, offers);
    const cron = cronOf(this.#form.rhythm);
    this.#isWorking = true;
    this.#changed.emit();
    try {
      if (cron === undefined) await api.start(definition);
      else await api.schedule({ definition, cron, timeZone, isEnabled: true });
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

  #settle(): void {
    const { offered } = this.options.offers;
    if (offered !== null) {
      this.#form = {
        ...this.#form,
        choice: settle(offered, this.#form.choice ?? this.options.now),
      };
    }
    this.#changed.emit();
  }
}
