import { chmodSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { destination, type Logger, pino, stdTimeFunctions } from 'pino';
import type { LogLevel } from '../config/environment.ts';

interface OpenedLog {
  readonly log: Logger;
  readonly path: string;
  close(): void;
}

/**
 * The control plane's own log: JSON lines, for its owner alone. Written at once and not from a
 * buffer, so that the last line before a kill is there.
 */
export async function openLog(dataFolder: string, level: LogLevel): Promise<OpenedLog> {
  const folder = join(dataFolder, 'log');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, 'control-plane.jsonl');
  const file = destination({ dest: path, mode: 0o600, sync: true });
  chmodSync(path, 0o600);
  const log = pino(
    { level, base: { pid: process.pid }, timestamp: stdTimeFunctions.isoTime },
    file,
  );
  return {
    log,
    path,
    close: () => {
      file.flushSync();
      file.end();
    },
  };
}
