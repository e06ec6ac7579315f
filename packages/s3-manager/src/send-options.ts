/** The AWS SDK's options of a request; its types take no property that is undefined. */
export function sendOptions(signal: AbortSignal | undefined): {
  readonly abortSignal?: AbortSignal;
} {
  return signal === undefined ? {} : { abortSignal: signal };
}
