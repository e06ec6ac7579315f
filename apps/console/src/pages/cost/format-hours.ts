/** One decimal below a hundred: `3.5`. */
export function formatHours(hours: number, language: string): string {
  const maximumFractionDigits = hours < 0.1 ? 2 : hours < 100 ? 1 : 0;
  return new Intl.NumberFormat(language, { maximumFractionDigits }).format(hours);
}

/** Whole percent; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}
