const mebibytesPerGibibyte = 1_024;
const bytesPerMebibyte = 1_048_576;

/** Such as `4 GiB` or `512 MiB`. */
export function memoryText(bytes: number, languageTag: string): string {
  const mebibytes = bytes / bytesPerMebibyte;
  const [value, unit] =
    mebibytes >= mebibytesPerGibibyte
      ? [mebibytes / mebibytesPerGibibyte, 'GiB']
      : [Math.round(mebibytes), 'MiB'];
  return `${numberText(value, languageTag)} ${unit}`;
}

export function mebibytesText(mebibytes: number, languageTag: string): string {
  return memoryText(mebibytes * bytesPerMebibyte, languageTag);
}

/** At most one digit after the point. */
export function numberText(value: number, languageTag: string): string {
  return new Intl.NumberFormat(languageTag, { maximumFractionDigits: 1 }).format(value);
}

export function percentText(part: number, languageTag: string): string {
  return new Intl.NumberFormat(languageTag, { style: 'percent' }).format(part);
}
