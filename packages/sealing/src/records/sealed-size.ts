/** How many bytes so many bytes of plaintext become. */
export function sealedSize(_plainBytes: number): number {
  throw new Error('not yet');
}
