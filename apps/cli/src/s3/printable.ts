/**
 * A name as a terminal may show it. Whoever may write to a bucket chooses its keys, and a control
 * character in one could move the cursor or rewrite what stands above.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}/gu, '\ufffd');
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

export function writeSize(sizeBytes: number): string {
  let size = sizeBytes;
  let unit = 0;
  while (size >= 1_024 && unit < units.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  return `${unit === 0 ? size : size.toFixed(1)} ${units[unit]}`;
}
