/**
 * Names what is sealed. It is authenticated and not secret: what was sealed with one context opens with
 * exactly the same one (AWS KMS Developer Guide, "Encryption context").
 */
export type EncryptionContext = Readonly<Record<string, string>>;

/** The same bytes for the same pairs, in whatever order they were written. */
export function contextBytes(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([one], [other]) => (one < other ? -1 : 1));
  // JSON is unambiguous about where a name ends, which a joined text would not be.
  return Buffer.from(JSON.stringify(pairs));
}
