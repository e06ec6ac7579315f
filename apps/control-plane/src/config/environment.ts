import { resolve } from 'node:path';
import { StartError } from '../start-error.ts';

/** Everything that is read from the environment, here and nowhere else. */
export interface Environment {
  /** Absolute. */
  readonly domainFilePath: string;
  /** Instead of the domain file's; 0: any free port. */
  readonly port: number | undefined;
  /** The same of the S3 endpoint for tools outside the studios. */
  readonly objectsPort: number | undefined;
  readonly logLevel: LogLevel;
}

type Variables = Readonly<Record<string, string | undefined>>;

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;
export type LogLevel = (typeof logLevels)[number];

/** @throws {StartError} `EnvironmentInvalid` naming the variable */
export function readEnvironment(variables: Variables, workingFolder: string): Environment {
  return {
    domainFilePath: resolve(workingFolder, variables.STRONGROOM_DOMAIN_FILE || 'strongroom.yaml'),
    port: readPort('STRONGROOM_PORT', variables),
    objectsPort: readPort('STRONGROOM_OBJECTS_PORT', variables),
    logLevel: readLogLevel(variables.STRONGROOM_LOG_LEVEL),
  };
}

function readPort(name: string, variables: Variables): number | undefined {
  const value = variables[name];
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  throw new StartError(
    'EnvironmentInvalid',
    `Cannot use ${name}="${value}": a port is a number from 0 (any free port) to 65535`,
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
