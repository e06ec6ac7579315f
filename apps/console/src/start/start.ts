import { loadTexts } from '../language/load-texts.ts';
import { readLanguage } from '../language/read-language.ts';
import { removeEarlyFrame, startEarlyFrame } from '../notebooks/early-frame.ts';
import { askEarly, forgetEarlyAnswers } from './early-answers.ts';
import { askForShare, shareIdIn } from './early-share.ts';
import { showStartFailure } from './show-start-failure.ts';

/** What nobody has taken by then is not kept, and is asked for anew. */
const keptMilliseconds = 30_000;

/** What fails here fails again where the page asks for it, which says so. */
const startAhead = (work: Promise<unknown>) => void work.catch(() => undefined);

const { pathname, search } = window.location;
const session = askEarly('/api/session');
const shareId = shareIdIn(pathname);
if (shareId !== undefined) {
  startAhead(
    askForShare(session, shareId, search).then((share) => share && startEarlyFrame(share)),
  );
  startAhead(import('../pages/shares/SharePage.tsx'));
}
startAhead(loadTexts(readLanguage()));
// Either has its place in the document, which comes after this.
Promise.allSettled([import('../main.tsx'), documentRead()])
  .then(([main]) => {
    if (main.status === 'rejected') throw main.reason;
    return main.value.showConsole();
  })
  .catch(showStartFailure);
setTimeout(() => {
  forgetEarlyAnswers();
  removeEarlyFrame();
}, keptMilliseconds);

/** This runs as soon as it has come, which may be before the document's end. */
async function documentRead(): Promise<void> {
  if (document.readyState !== 'loading') return;
  await new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', resolve, { once: true });
  });
}
