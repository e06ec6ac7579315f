import { Dialog, Notification, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { ShareSummary } from '@strongroom/contracts';
import type { ShareApi } from './api/share-api.ts';
import { audienceText } from './audience-text.ts';
import { copyLink } from './copy-link.ts';
import { dateText } from './date-text.ts';
import { dayAfter, dayOf, endOfDay } from './model/days.ts';
import type { SharesModel } from './model/shares-model.ts';
import type { Texts } from './texts.ts';

export interface ShareActionsOptions {
  readonly api: Pick<ShareApi, 'revoke' | 'extend'>;
  readonly model: SharesModel;
  readonly trans: Texts;
  readonly languageTag: string;
  readonly tellFailure: (error: unknown) => void;
  /** Opens the dialog for the notebook, at another version of this share. */
  readonly shareAgain: (path: string, shareId: string) => Promise<void>;
}

/** What a person does with a share that is there. */
export class ShareActions {
  readonly #options: ShareActionsOptions;

  constructor(options: ShareActionsOptions) {
    this.#options = options;
  }

  open({ url }: ShareSummary): void {
    window.open(url, '_blank', 'noopener');
  }

  async copy({ url }: ShareSummary): Promise<void> {
    const { trans } = this.#options;
    if (await copyLink(url)) {
      Notification.success(trans.__('The link was copied.'), { autoClose: 3_000 });
      return;
    }
    await showDialog({
      title: trans.__('The browser did not let it be copied. Press Ctrl+C.'),
      body: new LinkBody(url, trans.__('Link')),
      buttons: [Dialog.okButton({ label: trans.__('Close') })],
      focusNodeSelector: 'input',
    });
  }

  addVersion(share: ShareSummary, sourcePath: string): Promise<void> {
    return this.#options.shareAgain(sourcePath, share.shareId);
  }

  async revoke(share: ShareSummary): Promise<void> {
    const { trans, api } = this.#options;
    const { button } = await showDialog({
      title: trans.__('Revoke “%1”?', share.title),
      body: trans.__(
        'The link stops working at once, also in pages that are open. This cannot be taken back. Seen by now: %1.',
        audienceText(share.audience, trans),
      ),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.warnButton({ label: trans.__('Revoke') }),
      ],
      defaultButton: 0,
    });
    if (button.accept) await this.#change(() => api.revoke(share.shareId));
  }

  async extend(share: ShareSummary): Promise<void> {
    const { trans, api, languageTag } = this.#options;
    const latest = new Date(share.extendableUntil ?? share.expiresAt);
    const { button, value } = await showDialog<string>({
      title: trans.__('Until when is “%1” shared?', share.title),
      body: new DayBody(share, latest, {
        label: trans.__('Last day'),
        rule: trans.__(
          'At the latest %1, which the domain sets.',
          dateText(latest.toISOString(), languageTag),
        ),
      }),
      buttons: [
        Dialog.cancelButton({ label: trans.__('Cancel') }),
        Dialog.okButton({ label: trans.__('Extend') }),
      ],
      focusNodeSelector: 'input',
    });
    if (!button.accept) return;
    const expiresAt = endOfDay(value ?? '', latest, new Date());
    if (expiresAt !== null) return this.#change(() => api.extend(share.shareId, expiresAt));
    Notification.warning(trans.__('Choose a day from today on that the domain allows.'));
  }

  async #change(change: () => Promise<ShareSummary>): Promise<void> {
    const { model, tellFailure } = this.#options;
    try {
      model.take(await change());
    } catch (error) {
      tellFailure(error);
    }
    // What was not changed may have been changed by somebody else.
    await model.refresh();
  }
}

class DayBody extends Widget implements Dialog.IBodyWidget<string> {
  readonly #day = document.createElement('input');

  constructor(share: ShareSummary, latest: Date, texts: { label: string; rule: string }) {
    super();
    this.addClass('sr-Share-day');
    this.#day.type = 'date';
    this.#day.className = 'jp-mod-styled';
    this.#day.min = dayAfter(new Date(), 0);
    this.#day.max = dayOf(latest);
    this.#day.value = dayOf(
      latest > new Date(share.expiresAt) ? latest : new Date(share.expiresAt),
    );
    const label = document.createElement('label');
    label.append(texts.label, this.#day);
    const rule = document.createElement('p');
    rule.textContent = texts.rule;
    this.node.append(label, rule);
  }

  getValue(): string {
    return this.#day.value;
  }
}

class LinkBody extends Widget {
  constructor(url: string, label: string) {
    super();
    const field = document.createElement('input');
    field.className = 'jp-mod-styled';
    field.readOnly = true;
    field.value = url;
    field.setAttribute('aria-label', label);
    field.addEventListener('focus', () => field.select());
    this.node.append(field);
  }
}
