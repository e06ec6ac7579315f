import { StrongroomError } from '@strongroom/contracts';
import { SandboxError, VolumeError } from '@strongroom/sandbox';
import { HomeSecretError } from '../homes/home-secrets.ts';
import { newReference } from './reference.ts';
import { DeadlineError } from './within.ts';

/** The agent ended, or said nothing, before it served its first request. */
export class AgentDidNotStartError extends Error {
  override readonly name = 'AgentDidNotStartError';
}

/** Thrown to whoever waits for a studio; the log entry with the reference is written already. */
export class StudioStartError extends StrongroomError {
  readonly reference = newReference();

  constructor({ code, message, remedy, cause }: StrongroomError) {
    super(code, message, { ...(remedy === undefined ? {} : { remedy }), cause });
  }
}

/** Why a studio or an app could not start, in words for the person who waits. */
export function explainStartFailure(error: unknown): StrongroomError {
  if (error instanceof StrongroomError) return error;
  if (isDiskFull(error)) {
    return new StrongroomError('DiskFull', 'The disk of this installation is full', {
      remedy: 'Ask an administrator to free space, then launch again',
      cause: error,
    });
  }
  if (error instanceof AgentDidNotStartError) {
    return new StrongroomError('ServerDidNotStart', 'The server of the studio did not start', {
      remedy: 'Launch again. If it fails again, give an administrator the reference',
      cause: error,
    });
  }
  if (error instanceof HomeSecretError) {
    return new StrongroomError('HomeUnavailable', explainSecret(error), {
      remedy: 'Give an administrator the reference',
      cause: error,
    });
  }
  if (error instanceof VolumeError) {
    return new StrongroomError('HomeUnavailable', 'The home could not be opened', {
      remedy: 'Give an administrator the reference',
      cause: error,
    });
  }
  if (error instanceof SandboxError || error instanceof DeadlineError) {
    return new StrongroomError('SandboxUnavailable', 'This machine could not open a sandbox', {
      remedy: 'Ask an administrator to run "strongroom doctor", and give them the reference',
      cause: error,
    });
  }
  return new StrongroomError('LaunchFailed', 'The studio could not be started', {
    remedy: 'Launch again. If it fails again, give an administrator the reference',
    cause: error,
  });
}

function explainSecret({ code }: HomeSecretError): string {
  return code === 'KeyNotUsable'
    ? 'The key of the homes is disabled, or may not be used'
    : 'What opens the home is damaged or missing';
}

function isDiskFull(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return true;
  const isOfProgram = error instanceof SandboxError || error instanceof VolumeError;
  return isOfProgram && /No space left on device/.test(error.standardError);
}
