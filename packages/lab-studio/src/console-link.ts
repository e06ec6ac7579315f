import type { Studio } from '@strongroom/contracts';

/** Address of a page of the console; null where the console is not known or that is no page of it. */
export function consoleLink(studio: Studio | null, path = ''): string | null {
  if (studio === null || !URL.canParse(studio.consoleUrl)) return null;
  const url = new URL(studio.consoleUrl);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (!URL.canParse(path, url)) return null;
  const link = new URL(path, url);
  // A notebook's output can name a command of Lab and what it is given.
  return link.origin === url.origin ? link.href : null;
}
