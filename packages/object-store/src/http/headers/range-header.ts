import type { ByteRange } from '../../store/object-requests.ts';

/** RFC 9110, section 14.2. What is no single range of bytes is ignored, as S3 does it. */
export function readRange(text: string | undefined): { range?: ByteRange } {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text?.trim() ?? '') ?? [];
  if (first === '') return last === '' ? {} : { range: { suffixLength: Number(last) } };
  if (last === '') return { range: { first: Number(first) } };
  if (Number(last) < Number(first)) return {};
  return { range: { first: Number(first), last: Number(last) } };
}
