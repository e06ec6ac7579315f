/** The domain counts months in UTC. */
const shownCount = 12;

/** The newest first, each as `YYYY-MM`. */
export function latestMonths(now: Date): string[] {
  return Array.from({ length: shownCount }, (_, index) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - index, 1))
      .toISOString()
      .slice(0, 7),
  );
}

export function monthName(month: string, language: string): string {
  const format = { year: 'numeric', month: 'long', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(language, format).format(new Date(`${month}-01T00:00:00Z`));
}
