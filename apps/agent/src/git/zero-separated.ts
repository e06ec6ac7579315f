import { decodeFileName } from '../contents/file-name.ts';

/** The fields of an output with `-z`; names that are not UTF-8 as the contents API shows them. */
export function splitZero(output: Buffer): string[] {
  const fields: string[] = [];
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0, start);
    fields.push(decodeFileName(output.subarray(start, end < 0 ? output.length : end)));
    start = end < 0 ? output.length : end + 1;
  }
  return fields;
}
