import type { ScanFinding } from '@strongroom/contracts';
import { createContext, useContext } from 'react';
import type { ShareDialogModel } from '../model/share-dialog-model.ts';
import type { Texts } from '../texts.ts';

/** What the parts of the dialog share. */
export interface DialogContext {
  readonly model: ShareDialogModel;
  readonly trans: Texts;
  readonly languageTag: string;
  readonly failureText: (error: unknown) => string;
  /** Closes the dialog and shows the cell. */
  readonly goToCell: (finding: ScanFinding) => void;
  readonly close: () => void;
}

const Context = createContext<DialogContext | null>(null);

export const DialogProvider = Context.Provider;

export function useDialog(): DialogContext {
  const context = useContext(Context);
  if (context === null) throw new Error('Cannot show a part of the dialog: it is outside of it');
  return context;
}
