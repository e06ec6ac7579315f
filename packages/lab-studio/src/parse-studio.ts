import type { Studio } from '@strongroom/contracts';

/**
 * Reads the answer of `GET /strongroom/api/studio`; null where it is not one. Written out rather
 * than parsed with the contract's schema, whose library would add tens of kilobytes to Lab's first
 * page; the test holds both to the same answers.
 */
export function parseStudio(value: unknown): Studio | null {
  if (typeof value !== 'object' || value === null) return null;
  const { profileName, displayName, domainName, consoleUrl, language } = value as Partial<
    Record<keyof Studio, unknown>
  >;
  if (typeof profileName !== 'string' || !/^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/.test(profileName)) {
    return null;
  }
  if (typeof displayName !== 'string' || typeof domainName !== 'string') return null;
  if (typeof consoleUrl !== 'string' || (language !== 'en' && language !== 'ko')) return null;
  return {
    profileName: profileName as Studio['profileName'],
    displayName,
    domainName,
    consoleUrl,
    language,
  };
}
