/** What is stored is not what was sealed, or not with this key. Nothing of the damaged record was released. */
export class SealedDataError extends Error {
  override readonly name = 'SealedDataError';
  readonly code = 'SealedDataDamaged';
}
