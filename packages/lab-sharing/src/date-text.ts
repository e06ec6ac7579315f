/** For example `5 Dec 2026`, as the person's language writes it. */
export function dateText(timestamp: string, languageTag: string): string {
  return new Date(timestamp).toLocaleDateString(languageTag, { dateStyle: 'medium' });
}
