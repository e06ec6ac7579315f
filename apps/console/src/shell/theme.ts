import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { type Theme, themeSchema } from '@strongroom/contracts';

const storageKey = 'strongroom-theme';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');
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

function show(): void {
  const isDark = chosen === 'dark' || (chosen === 'system' && systemIsDark.matches);
  applyMode(isDark ? Mode.Dark : Mode.Light);
}

systemIsDark.addEventListener('change', show);
