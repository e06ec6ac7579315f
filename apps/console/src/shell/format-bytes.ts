const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Binary units (IEC 80000-13), one decimal below ten: `1.5 GiB`. */
export function formatBytes(sizeBytes: number): string {
  const power = sizeBytes < 1 ? 0 : Math.min(4, Math.floor(Math.log2(sizeBytes) / 10));
  const value = sizeBytes / 1024 ** power;
  return `${power > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[power]}`;
}
