/** The day that it is here, as date fields have it: `2026-11-28`. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The last moment of a day here, or `latest` where that comes before. */
export function endOfDay(day: string, latest?: string): string {
  const end = new Date(`${day}T23:59:59`);
  const isBeyond = latest !== undefined && end > new Date(latest);
  return isBeyond ? latest : end.toISOString();
}
