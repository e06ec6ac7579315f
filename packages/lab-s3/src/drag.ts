import type { FileBrowser } from '@jupyterlab/filebrowser';
import { MimeData } from '@lumino/coreutils';
import { Drag } from '@lumino/dragdrop';
import type { StoredEntry } from './entry.ts';
import { bucketIcon } from './icons.ts';

/** What Lab's file browser puts into its drags: paths. */
const filesMime = 'application/x-jupyter-icontents';
const entriesMime = 'application/x-strongroom-bucket-entries';
const dropClass = 'sr-mod-dropTarget';

/** Takes what was chosen in the panel along. */
export function startEntriesDrag(entries: readonly StoredEntry[], event: PointerEvent): void {
  const [first] = entries;
  if (first === undefined) return;
  const mimeData = new MimeData();
  mimeData.setData(entriesMime, entries);
  const dragImage = document.createElement('div');
  dragImage.className = 'sr-BucketDragImage';
  bucketIcon.element({ container: dragImage });
  dragImage.append(entries.length === 1 ? first.name : String(entries.length));
  const drag = new Drag({
    ...{ mimeData, dragImage, supportedActions: 'copy', proposedAction: 'copy' },
  });
  void drag.start(event.clientX, event.clientY).finally(() => drag.dispose());
}

/** Entries of a bucket onto the file browser. In the capture phase: its own rows would stop them. */
export function acceptEntries(
  browser: FileBrowser,
  onDrop: (entries: readonly StoredEntry[], folder: string) => void,
): void {
  accept(browser.node, {
    mime: entriesMime,
    action: 'copy',
    markOf: (event) => rowOf(event) ?? browser.node,
    onDrop(entries, event) {
      const model = browser.modelForClick(event);
      const isFolder = model?.type === 'directory';
      onDrop(entries as readonly StoredEntry[], isFolder ? model.path : browser.model.path);
    },
  });
}

/** Files of the home onto the panel. */
export function acceptFiles(
  node: HTMLElement,
  options: {
    readonly mayDrop: (event: Drag.Event) => boolean;
    readonly markOf: (event: Drag.Event) => HTMLElement;
    readonly onDrop: (paths: readonly string[], event: Drag.Event) => void;
  },
): void {
  accept(node, {
    ...options,
    mime: filesMime,
    // The only one that the file browser offers. It does nothing by itself when it is taken.
    action: 'move',
    onDrop: (paths, event) => options.onDrop(paths as readonly string[], event),
  });
}

/** Two panels of one sidebar are never both in view: a drag that rests on a tab opens its panel. */
export function openTabsUnderDrags(openPanel: (id: string) => void): void {
  document.addEventListener(
    'lm-dragenter',
    (event) => {
      const { mimeData, target } = event as Drag.Event;
      if (!mimeData.hasData(filesMime) && !mimeData.hasData(entriesMime)) return;
      const tab = (target as Element).closest<HTMLElement>('.jp-SideBar .lm-TabBar-tab');
      const id = tab?.dataset.id;
      if (id !== undefined && tab?.classList.contains('lm-mod-current') === false) openPanel(id);
    },
    true,
  );
}

interface Acceptance {
  readonly mime: string;
  readonly action: 'copy' | 'move';
  readonly mayDrop?: (event: Drag.Event) => boolean;
  readonly markOf: (event: Drag.Event) => HTMLElement;
  readonly onDrop: (data: unknown, event: Drag.Event) => void;
}

function accept(node: HTMLElement, acceptance: Acceptance): void {
  const { mime, action, mayDrop, markOf, onDrop } = acceptance;
  let marked: HTMLElement | undefined;
  const mark = (next: HTMLElement | undefined) => {
    if (marked === next) return;
    marked?.classList.remove(dropClass);
    next?.classList.add(dropClass);
    marked = next;
  };
  const listen = (type: string, take: (event: Drag.Event) => void) =>
    node.addEventListener(
      type,
      (each) => {
        const event = each as Drag.Event;
        if (!event.mimeData.hasData(mime)) return;
        event.preventDefault();
        event.stopPropagation();
        take(event);
      },
      true,
    );
  listen('lm-dragenter', () => undefined);
  listen('lm-dragover', (event) => {
    const isAccepted = mayDrop?.(event) ?? true;
    event.dropAction = isAccepted ? action : 'none';
    mark(isAccepted ? markOf(event) : undefined);
  });
  listen('lm-dragleave', (event) => {
    if (!node.contains(event.relatedTarget as Node | null)) mark(undefined);
  });
  listen('lm-drop', (event) => {
    mark(undefined);
    event.dropAction = action;
    onDrop(event.mimeData.getData(mime), event);
  });
}

function rowOf({ target }: Event): HTMLElement | null {
  return (target as Element).closest<HTMLElement>('.jp-DirListing-item[data-isdir="true"]');
}
