import { type ISignal, Signal } from '@lumino/signaling';

export const panelTabs = ['changes', 'history', 'stashes'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** Which part of the panel is shown. */
export class PanelState {
  readonly #changed = new Signal<this, void>(this);
  #tab: PanelTab = 'changes';
  #showsBranches = false;

  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  get tab(): PanelTab {
    return this.#tab;
  }

  get showsBranches(): boolean {
    return this.#showsBranches;
  }

  open(tab: PanelTab): void {
    this.#tab = tab;
    this.#showsBranches = false;
    this.#changed.emit();
  }

  showBranches(shows: boolean): void {
    this.#showsBranches = shows;
    this.#changed.emit();
  }
}
