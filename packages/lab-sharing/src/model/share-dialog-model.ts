import { type ISignal, Signal } from '@lumino/signaling';
import type { ShareCheck, ShareChoices, ShareSummary } from '@strongroom/contracts';
import type { ShareApi } from '../api/share-api.ts';
import { ShareError } from '../api/share-error.ts';
import { emptyForm, endOf, hasAudience, type ShareForm, sharesOf } from './share-form.ts';

/** What was found in the notebook, with or without its outputs. */
export type CheckState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'checked'; readonly check: ShareCheck }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface ShareDialogModelOptions {
  readonly api: Pick<ShareApi, 'choices' | 'check' | 'create' | 'addVersion' | 'list'>;
  readonly path: string;
  readonly now: () => Date;
  /** A share that shall get another version. */
  readonly shareId?: string;
  readonly onShared: (share: ShareSummary) => void;
}

/** What a person is about to share, from opening the dialog to the link. */
export class ShareDialogModel {
  readonly #options: ShareDialogModelOptions;
  readonly #changed = new Signal<this, void>(this);
  #choices: ShareChoices | null = null;
  #existing: readonly ShareSummary[] = [];
  #form: ShareForm | null = null;
  #check: CheckState = { kind: 'checking' };
  #checking = new AbortController();
  #isSharing = false;
  #shared: ShareSummary | null = null;
  #error: unknown;

  constructor(options: ShareDialogModelOptions) {
    this.#options = options;
  }

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get path(): string {
    return this.#options.path;
  }

  /** Null until the gateway has said what can be chosen. */
  get choices(): ShareChoices | null {
    return this.#choices;
  }

  get form(): ShareForm | null {
    return this.#form;
  }

  /** Shares of this notebook that a version can be added to. */
  get existing(): readonly ShareSummary[] {
    return this.#existing;
  }

  get check(): CheckState {
    return this.#check;
  }

  get isSharing(): boolean {
    return this.#isSharing;
  }

  /** What has been made; the dialog then shows its link. */
  get shared(): ShareSummary | null {
    return this.#shared;
  }

  /** Why there are no choices, or why nothing was made. */
  get error(): unknown {
    return this.#error;
  }

  /** Asks what can be chosen, and looks through the notebook meanwhile. */
  async open(): Promise<void> {
    const { api, path, shareId, now } = this.#options;
    void this.recheck(true);
    try {
      // Without the list nothing can be added to a share; a new one can be made all the same.
      const [choices, mine] = await Promise.all([api.choices(), api.list('mine').catch(() => [])]);
      this.#choices = choices;
      this.#existing = sharesOf(path, mine);
      const isThere = this.#existing.some((each) => each.shareId === shareId);
      this.#form = { ...emptyForm(choices, now()), ...(isThere && shareId ? { shareId } : {}) };
    } catch (error) {
      this.#error = error;
    }
    this.#changed.emit();
  }

  change(change: Partial<ShareForm>): void {
    if (this.#form === null) return;
    const before = this.#form;
    this.#form = { ...before, ...change };
    this.#error = undefined;
    if (this.#form.includesOutputs !== before.includesOutputs) void this.recheck();
    else this.#changed.emit();
  }

  /** Looks through the notebook as it is now. What was confirmed was something else. */
  async recheck(includesOutputs = this.#form?.includesOutputs ?? true): Promise<void> {
    const { api, path } = this.#options;
    this.#checking.abort();
    const checking = new AbortController();
    this.#checking = checking;
    this.#check = { kind: 'checking' };
    if (this.#form !== null) this.#form = { ...this.#form, acceptsWarnings: false };
    this.#changed.emit();
    let state: CheckState;
    try {
      const check = await api.check({ path, includesOutputs }, checking.signal);
      state = { kind: 'checked', check };
    } catch (error) {
      state = { kind: 'failed', error };
    }
    if (checking.signal.aborted) return;
    this.#check = state;
    this.#changed.emit();
  }

  /** Whether nothing is missing. */
  get canShare(): boolean {
    const form = this.#form;
    if (form === null || this.#choices === null || this.#isSharing) return false;
    if (this.#check.kind !== 'checked' || this.#check.check.isBlocked) return false;
    if (this.#check.check.findingCount > 0 && !form.acceptsWarnings) return false;
    if (form.shareId !== null) return true;
    return hasAudience(form.audience) && endOf(form, this.#choices, this.#options.now()) !== null;
  }

  async share(): Promise<void> {
    if (!this.canShare || this.#form === null || this.#choices === null) return;
    this.#isSharing = true;
    this.#error = undefined;
    this.#changed.emit();
    try {
      this.#shared = await this.#send(this.#form, this.#choices);
      this.#options.onShared(this.#shared);
    } catch (error) {
      this.#error = error;
    }
    this.#isSharing = false;
    this.#changed.emit();
    if (isAboutFindings(this.#error)) await this.recheck();
  }

  close(): void {
    this.#checking.abort();
  }

  #send(form: ShareForm, choices: ShareChoices): Promise<ShareSummary> {
    const { api, path, now } = this.#options;
    const { includesOutputs, acceptsWarnings } = form;
    const written = { path, includesOutputs, acceptsWarnings, note: form.note.trim() };
    if (form.shareId !== null) return api.addVersion(form.shareId, written);
    const expiresAt = endOf(form, choices, now()) ?? '';
    return api.create({ ...written, audience: form.audience, expiresAt });
  }
}

/** The notebook is another one than the one that was looked through. */
function isAboutFindings(error: unknown): boolean {
  return (
    error instanceof ShareError && ['ShareBlocked', 'ShareNeedsConfirmation'].includes(error.code)
  );
}
