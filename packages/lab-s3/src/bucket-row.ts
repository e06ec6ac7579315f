import type { DocumentRegistry } from '@jupyterlab/docregistry';
import { fileIcon, folderIcon, type LabIcon } from '@jupyterlab/ui-components';
import type { Entry, ObjectEntry } from './entry.ts';
import type { Texts } from './failure-text.ts';
import { bucketIcon } from './icons.ts';
import { sizeText } from './size-text.ts';

export interface BucketRowOptions {
  readonly trans: Texts;
  readonly fileTypes: Pick<DocumentRegistry, 'getFileTypesForPath'>;
  readonly languageTag: string;
}

/** What the context menu of a row is bound to. */
export const entryClass = 'sr-BucketEntry';

export function bucketRow(entry: Entry, options: BucketRowOptions): HTMLElement {
  const row = document.createElement('li');
  row.className = entryClass;
  row.dataset.kind = entry.kind;
  row.setAttribute('role', 'option');
  row.tabIndex = -1;
  iconOf(entry, options).element({ container: row.appendChild(document.createElement('span')) });
  const name = row.appendChild(document.createElement('span'));
  name.className = 'sr-BucketEntry-name';
  // An empty name, between two slashes, must be seen and clicked too.
  name.textContent = entry.name === '' ? '/' : entry.name;
  row.title = entry.name;
  if (entry.kind === 'object') describeObject(row, entry, options);
  return row;
}

function describeObject(
  row: HTMLElement,
  entry: ObjectEntry,
  { trans, languageTag }: BucketRowOptions,
): void {
  const modified = new Date(entry.modifiedAt);
  const time = row.appendChild(document.createElement('time'));
  time.dateTime = entry.modifiedAt;
  time.textContent = modified.toLocaleDateString(languageTag, { dateStyle: 'short' });
  const size = row.appendChild(document.createElement('span'));
  size.className = 'sr-BucketEntry-size';
  size.textContent = sizeText(entry.sizeBytes);
  row.title = [
    entry.name,
    trans.__('Size: %1', size.textContent),
    trans.__('Modified: %1', modified.toLocaleString(languageTag)),
  ].join('\n');
}

function iconOf(entry: Entry, { fileTypes }: BucketRowOptions): LabIcon {
  if (entry.kind === 'bucket') return bucketIcon;
  if (entry.kind === 'folder') return folderIcon;
  return fileTypes.getFileTypesForPath(entry.name)[0]?.icon ?? fileIcon;
}
