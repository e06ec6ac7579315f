import { MainAreaWidget } from '@jupyterlab/apputils';
import { Widget } from '@lumino/widgets';
import type { BucketApi } from './bucket-api.ts';
import { BucketError } from './bucket-error.ts';
import type { ObjectEntry } from './entry.ts';
import type { Texts } from './failure-text.ts';
import { bucketIcon } from './icons.ts';
import { s3Url } from './place.ts';

const maximumBytes = 1024 * 1024;

/**
 * A small text as it is, to be looked at. @throws {BucketError} `TooLarge`, `NotText` and what
 * reading it is refused with
 */
export async function openPreview(
  api: Pick<BucketApi, 'read'>,
  entry: ObjectEntry,
  trans: Texts,
): Promise<MainAreaWidget> {
  if (entry.sizeBytes > maximumBytes) throw new BucketError('TooLarge');
  const bytes = await new Response(await api.read(entry)).arrayBuffer();
  const content = new Widget({ node: document.createElement('pre') });
  content.node.textContent = decode(bytes);
  content.node.tabIndex = 0;
  content.addClass('sr-ObjectPreview');
  const widget = new MainAreaWidget({ content });
  widget.id = `strongroom-object-${entry.bucket}-${entry.key}`;
  widget.title.label = entry.name;
  widget.title.caption = `${s3Url(entry.bucket, entry.key)}\n${trans.__('Read-only')}`;
  widget.title.icon = bucketIcon;
  widget.title.closable = true;
  return widget;
}

function decode(bytes: ArrayBuffer): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch {
    // Told below.
  }
  throw new BucketError('NotText');
}
