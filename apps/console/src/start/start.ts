import { loadTexts } from '../language/load-texts.ts';
import { readLanguage } from '../language/read-language.ts';
import { askForShare } from './early-share.ts';
import { showStartFailure } from './show-start-failure.ts';

// What fails of these fails again where the page asks for it, which says so.
askForShare(window.location).catch(() => undefined);
loadTexts(readLanguage()).catch(() => undefined);
import('../main.tsx').then(({ showConsole }) => showConsole()).catch(showStartFailure);
