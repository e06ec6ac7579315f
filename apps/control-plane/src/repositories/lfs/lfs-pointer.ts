/** What Git keeps in the place of a large file (git-lfs specification, "The pointer file"). */
export interface LfsPointer {
  readonly objectId: string;
  readonly sizeBytes: number;
}

const maximumPointerBytes = 1_024;

export function parsePointer(content: Buffer): LfsPointer | undefined {
  if (content.length > maximumPointerBytes) return undefined;
  const text = content.toString('utf8');
  if (!text.startsWith('version https://git-lfs.github.com/spec/v1\n')) return undefined;
  const objectId = /^oid sha256:([0-9a-f]{64})$/m.exec(text)?.[1];
  const size = /^size (\d{1,15})$/m.exec(text)?.[1];
  return objectId && size ? { objectId, sizeBytes: Number(size) } : undefined;
}
