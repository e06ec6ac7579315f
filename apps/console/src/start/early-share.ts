import { startEarlyFrame } from '../notebooks/early-frame.ts';
import { askEarly } from './early-answers.ts';

const sharePage = /^\/shares\/([\w-]+)$/;

/**
 * Whoever opens the link of a share waits for its notebook: that is on its way while the page around it
 * is still being loaded. Only what the page would ask itself is asked, and in its order, so that nothing
 * is written down that nobody looked at.
 */
export async function askForShare({ pathname, search }: Location): Promise<void> {
  const asked = askEarly('/api/session');
  const shareId = sharePage.exec(pathname)?.[1];
  if (shareId === undefined) return;
  import('../pages/shares/SharePage.tsx').catch(() => undefined);
  const session = await read(asked);
  if (session.signedIn !== true || session.mustChangePassword === true) return;
  const share = `/api/shares/${shareId}`;
  const details = await read(askEarly(share));
  const { viewerOrigin, may, state } = details;
  if (state !== 'active' || !isRecord(may) || may.read !== true) return;
  const version = versionOf(details, new URLSearchParams(search).get('version'));
  if (version === undefined || typeof viewerOrigin !== 'string') return;
  const notebook = askEarly(`${share}/versions/${version}/notebook`);
  startEarlyFrame(
    viewerOrigin,
    notebook.then(({ isOk, text }) => (isOk ? text : undefined)),
  );
  void askEarly(`${share}/comments`);
}

/** The one that is asked for where there is one, as the page chooses it. */
function versionOf(details: Fields, asked: string | null): number | undefined {
  const { latestVersion, versions } = details;
  const latest = isRecord(latestVersion) ? latestVersion.version : undefined;
  const all = Array.isArray(versions) ? versions.filter(isRecord) : [];
  const found = all.find(({ version }) => asked !== null && version === Number(asked));
  const version = found?.version ?? latest;
  return typeof version === 'number' ? version : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Looked at without the contract's schemas, which would have to be loaded first; the page checks it all. */
async function read(answer: Promise<{ isOk: boolean; text: string }>): Promise<Fields> {
  const { isOk, text } = await answer;
  const value: unknown = isOk ? JSON.parse(text) : undefined;
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
