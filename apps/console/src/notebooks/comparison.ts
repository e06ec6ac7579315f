/** What is drawn of two notebooks: plain text, so that nothing in them can be anything else. */
export interface ComparedPart {
  readonly text: string;
  /** It differs from the line that this one stands for. */
  readonly isChanged: boolean;
}

export interface ComparedLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly parts: readonly ComparedPart[];
}

export interface ComparedCell {
  readonly kind: 'unchanged' | 'added' | 'removed' | 'changed' | 'moved';
  readonly cellType: string;
  /** From 0; null where it is not in that notebook. */
  readonly beforeIndex: number | null;
  readonly afterIndex: number | null;
  readonly lines: readonly ComparedLine[];
  readonly outputsDiffer: boolean;
  readonly metadataDiffer: boolean;
}

export interface Comparison {
  readonly cells: readonly ComparedCell[];
  readonly metadataDiffer: boolean;
}
