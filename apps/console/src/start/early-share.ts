import { askEarly, type EarlyAnswer, textOf } from './early-answers.ts';

/** What a frame can be started with. */
export interface EarlyShare {
  readonly viewerOrigin: string;
  /** JSON text in UTF-8; undefined where it did not come. */
  readonly notebook: Promise<ArrayBuffer | undefined>;
}

/** Of the share whose page this is. */
export function shareIdIn(pathname: string): string | undefined {
  return /^\/shares\/([\w-]+)$/.exec(pathname)?.[1];
}

/**
 * Whoever opens the link of a share waits for its notebook: that is on its way while the page around it
 * is still being loaded. Whether it may be looked at is known before the notebook is asked for, so that
 * nothing is written down that nobody looked at.
 */
export async function askForShare(
  session: Promise<EarlyAnswer>,
  shareId: string,
  search: string,
): Promise<EarlyShare | undefined> {
  const share = `/api/shares/${shareId}`;
  const answer = askEarly(share);
  const { signedIn, mustChangePassword } = await read(session);
  if (signedIn !== true || mustChangePassword !== false) return undefined;
  const details = await read(answer);
  const { viewerOrigin, may, state } = details;
  if (state !== 'active' || !isRecord(may) || may.read !== true) return undefined;
  const version = versionOf(details, new URLSearchParams(search).get('version'));
  if (version === undefined || typeof viewerOrigin !== 'string') return undefined;
  const content = askEarly(`${share}/versions/${version}/notebook`);
  void askEarly(`${share}/comments`);
  const notebook = content.then(
    ({ isOk, bytes }) => (isOk ? bytes : undefined),
    () => undefined,
  );
  return { viewerOrigin, notebook };
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
async function read(answer: Promise<EarlyAnswer>): Promise<Fields> {
  const { isOk, bytes } = await answer;
  const value: unknown = isOk ? JSON.parse(textOf(bytes)) : undefined;
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
