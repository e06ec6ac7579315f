import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { type Theme, themeSchema } from '@strongroom/contracts';
import { useSyncExternalStore } from 'react';

const storageKey = 'strongroom-theme';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let chosen: Theme = 'system';

/** What this browser chose last; known before anybody has signed in. */
export function readTheme(): Theme {
  return themeSchema.catch('system').parse(localStorage.getItem(storageKey));
}

export function applyTheme(theme: Theme): void {
  chosen = theme;
  localStorage.setItem(storageKey, theme);
  show();
}

/** For what style sheets do not reach, such as a frame of another origin. */
export const useIsDark = () => useSyncExternalStore(subscribe, isDark);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function isDark(): boolean {
  return chosen === 'dark' || (chosen === 'system' && systemIsDark.matches);
}

function show(): void {
  applyMode(isDark() ? Mode.Dark : Mode.Light);
  for (const tell of listeners) tell();
}

systemIsDark.addEventListener('change', show);
