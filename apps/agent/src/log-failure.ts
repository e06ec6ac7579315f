/** One JSON line on standard error, which the control plane keeps in its log. */
export function logFailure(message: string, error: unknown): void {
  console.error(
    JSON.stringify({
      level: 'error',
      message,
      error: String(error instanceof Error ? error.stack : error),
    }),
  );
}
