/** A notebook as the frame shows it, whatever format it was stored in. */
export interface Notebook {
  /** In lower case, for example `python`. */
  readonly language: string;
  readonly cells: readonly Cell[];
  /** `application/vnd.jupyter.widget-state+json`, as it was saved. */
  readonly widgetState: unknown;
}

export type MimeBundle = Readonly<Record<string, unknown>>;

export interface Cell {
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly executionCount: number | null;
  readonly outputs: readonly Output[];
  /** By name, as a markdown cell refers to them (`attachment:name`). */
  readonly attachments: Readonly<Record<string, MimeBundle>>;
}

export type Output =
  | { readonly kind: 'stream'; readonly name: 'stdout' | 'stderr'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | {
      readonly kind: 'data';
      readonly data: MimeBundle;
      /** Of what a cell's last expression came to. */
      readonly executionCount: number | null;
    };
