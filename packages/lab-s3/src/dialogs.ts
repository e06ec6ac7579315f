import { Dialog, showDialog } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { StudioBucket } from '@strongroom/contracts';
import type { Texts } from './failure-text.ts';
import { asPrefix, type Place } from './place.ts';

export type ConflictAnswer = 'replace' | 'keep-both' | 'skip' | 'cancel';

export interface ConflictQuestion {
  /** What has the same name, as a person knows it. */
  readonly name: string;
  readonly isFolder: boolean;
}

/** Asks what becomes of something that is there already. */
export async function askConflict(
  { name, isFolder }: ConflictQuestion,
  trans: Texts,
): Promise<ConflictAnswer> {
  const answers: readonly ConflictAnswer[] = ['cancel', 'skip', 'keep-both', 'replace'];
  const { button } = await showDialog({
    title: trans.__('“%1” is there already', name),
    body: isFolder
      ? trans.__('Files of the same name in this folder will be replaced if you choose Replace.')
      : trans.__('Its content will be lost if you choose Replace.'),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.createButton({ label: trans.__('Skip'), actions: ['skip'] }),
      Dialog.createButton({ label: trans.__('Keep Both'), actions: ['keep-both'] }),
      Dialog.warnButton({ label: trans.__('Replace'), actions: ['replace'] }),
    ],
    defaultButton: 2,
  });
  return answers.find((answer) => button.actions.includes(answer)) ?? 'cancel';
}

export async function confirmDelete(
  { names, objectCount }: { readonly names: readonly string[]; readonly objectCount: number },
  trans: Texts,
): Promise<boolean> {
  const [first = ''] = names;
  const title =
    names.length === 1
      ? trans.__('Delete “%1”?', first)
      : trans.__('Delete %1 entries?', String(names.length));
  const { button } = await showDialog({
    title,
    body: trans.__(
      'Objects that will be deleted: %1. Unless the bucket keeps versions, they cannot be brought back.',
      String(objectCount),
    ),
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.warnButton({ label: trans.__('Delete') }),
    ],
    defaultButton: 0,
  });
  return button.accept;
}

/** Which bucket and folder files of the home go to; null where the person thinks better of it. */
export async function askDestination(
  { buckets, place }: { readonly buckets: readonly StudioBucket[]; readonly place: Place },
  trans: Texts,
): Promise<Place> {
  const body = new DestinationBody(buckets, place, trans);
  const { button, value } = await showDialog<Place>({
    title: trans.__('Copy to a Bucket'),
    body,
    buttons: [
      Dialog.cancelButton({ label: trans.__('Cancel') }),
      Dialog.okButton({ label: trans.__('Copy') }),
    ],
    focusNodeSelector: 'select',
  });
  return button.accept ? value : null;
}

class DestinationBody extends Widget implements Dialog.IBodyWidget<Place> {
  readonly #bucket = document.createElement('select');
  readonly #folder = document.createElement('input');

  constructor(buckets: readonly StudioBucket[], place: Place, trans: Texts) {
    super();
    this.addClass('sr-BucketDestination');
    for (const { bucket } of buckets) this.#bucket.append(new Option(bucket, bucket));
    this.#bucket.className = 'jp-mod-styled';
    this.#folder.className = 'jp-mod-styled';
    this.#folder.placeholder = trans.__('The top of the bucket');
    if (place !== null && buckets.some(({ bucket }) => bucket === place.bucket)) {
      this.#bucket.value = place.bucket;
      this.#folder.value = place.prefix;
    }
    this.node.append(
      labelled(trans.__('Bucket'), this.#bucket),
      labelled(trans.__('Folder'), this.#folder),
    );
  }

  getValue(): Place {
    return { bucket: this.#bucket.value, prefix: asPrefix(this.#folder.value) };
  }
}

function labelled(text: string, field: HTMLElement): HTMLElement {
  const label = document.createElement('label');
  label.append(text, field);
  return label;
}
