import { resolve } from 'node:path';
import { StartError } from '../start-error.ts';

/** Everything that is read from the environment, here and nowhere else. */
export interface Environment {
  /** Absolute. */
  readonly domainFilePath: string;
  /** Instead of the domain file's; 0: any free port. */
  readonly port: number | undefined;
  readonly logLevel: LogLevel;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** @throws {StartError} `EnvironmentInvalid` naming the variable */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): Environment {
  return {
    domainFilePath: resolve(workingFolder, variables.STRONGROOM_DOMAIN_FILE || 'strongroom.yaml'),
    port: readPort(variables.STRONGROOM_PORT),
    logLevel: readLogLevel(variables.STRONGROOM_LOG_LEVEL),
  };
}

function readPort(value: string | undefined): number | undefined {
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new StartError(
    'EnvironmentInvalid',
    `Cannot use STRONGROOM_PORT="${value}": a port is a number from 0 (any free port) to 65535`,
  );
}

function readLogLevel(value: string | undefined): LogLevel {
  if (value === undefined || value === '') return 'info';
  const level = logLevels.find((name) => name === value);
  if (level !== undefined) return level;
  throw new StartError(
    'EnvironmentInvalid',
    `Cannot use STRONGROOM_LOG_LEVEL="${value}": choose one of ${logLevels.join(', ')}`,
  );
}
