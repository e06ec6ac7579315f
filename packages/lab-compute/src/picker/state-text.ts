import type { PickerState } from '../model/picker-state.ts';
import type { Texts } from '../texts.ts';

/** What is going on, in words; empty where the kernel simply is there. */
export function stateText(state: PickerState, trans: Texts): string {
  switch (state.kind) {
    case 'queued':
      return state.position === 1
        ? trans.__('Waiting for a GPU: next in line')
        : trans.__('Waiting for a GPU: number %1 in line', String(state.position));
    case 'starting-sandbox':
      return trans.__('Starting the sandbox …');
    case 'starting-kernel':
      return trans.__('Starting the kernel …');
    case 'restarting':
      return trans.__('Restarting …');
    case 'ending':
      return trans.__('Ending …');
    case 'ended':
      return trans.__('Ended');
    case 'connecting':
      return trans.__('Connecting …');
    case 'disconnected':
      return trans.__('Not connected');
    case 'none':
      return trans.__('No kernel');
    case 'ready':
    case 'busy':
      return '';
  }
}

/** The same where the notebook is narrow. */
export function briefStateText(state: PickerState, trans: Texts): string {
  if (state.kind !== 'queued') return stateText(state, trans);
  return state.position === 1
    ? trans.__('Next in line')
    : trans.__('In line: %1', String(state.position));
}
