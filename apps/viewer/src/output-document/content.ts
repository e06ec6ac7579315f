/** What an output's own document is given to show. */
export type OutputContent =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'javascript'; readonly source: string }
  | {
      readonly kind: 'vega';
      readonly mode: 'vega' | 'vega-lite';
      readonly specification: unknown;
    }
  | { readonly kind: 'widget'; readonly modelId: string; readonly state: unknown };

export interface ShowMessage {
  readonly type: 'show';
  readonly content: OutputContent;
  readonly theme: 'light' | 'dark';
}
