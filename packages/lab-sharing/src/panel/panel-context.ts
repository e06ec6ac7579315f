import { createContext, useContext } from 'react';
import type { SharesModel } from '../model/shares-model.ts';
import type { ShareActions } from '../share-actions.ts';
import type { Texts } from '../texts.ts';

/** What the parts of the panel share. */
export interface PanelContext {
  readonly model: SharesModel;
  readonly actions: ShareActions;
  readonly trans: Texts;
  readonly languageTag: string;
  readonly failureText: (error: unknown) => string;
}

const Context = createContext<PanelContext | null>(null);

export const PanelProvider = Context.Provider;

export function usePanel(): PanelContext {
  const context = useContext(Context);
  if (context === null) throw new Error('Cannot show a part of the panel: it is outside of it');
  return context;
}
