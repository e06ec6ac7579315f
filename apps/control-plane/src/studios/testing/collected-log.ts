import type { StudioLog } from '../studio-log.ts';

export type CollectedLog = ReturnType<typeof collectLog>;

/** A log that a test reads. */
export function collectLog(): StudioLog & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (fields: Record<string, unknown>, message: string) => {
    const printed = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        value instanceof Error ? `${value.message} ${String(value.cause ?? '')}` : value,
      ]),
    );
    lines.push(`${level} ${message} ${JSON.stringify(printed)}`);
  };
  return {
    lines,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  };
}
