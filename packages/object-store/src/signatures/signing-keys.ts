import { deriveSigningKey } from './calculate-signature.ts';

const maximumCount = 1_000;
const known = new Map<string, Buffer>();

/** One is good for a day, and deriving it takes four digests. */
export function signingKeyOf(secretAccessKey: string, scope: string): Buffer {
  const name = `${secretAccessKey} ${scope}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const derived = deriveSigningKey(secretAccessKey, scope);
  if (known.size >= maximumCount) known.clear();
  known.set(name, derived);
  return derived;
}
