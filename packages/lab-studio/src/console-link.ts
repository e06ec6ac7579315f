import type { Studio } from '@strongroom/contracts';

/** Address of a page of the console; null where the console is not known or not a web address. */
export function consoleLink(studio: Studio | null, path = ''): string | null {
  if (studio === null || !URL.canParse(studio.consoleUrl)) return null;
  const url = new URL(studio.consoleUrl);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  return new URL(path, url).href;
}
