import type { SandboxRoot } from '@strongroom/sandbox';
import { isAllowedVariable } from './parse-kernel-spec.ts';

/** What an app on an image is started on. */
export interface ImageGround {
  readonly root: SandboxRoot;
  /** The image's own, such as the `PATH` of Conda; what the platform sets goes before all but that. */
  readonly environment: Readonly<Record<string, string>>;
  /** Null for the host's own programs and for a folder, which have none. */
  readonly digest: string | null;
}

/** Who the person is and what is loaded into every program: never an image's choice. */
const notTaken = /^(?:HOME|USER|LOGNAME|SHELL|LD_.*|AWS_.*|STRONGROOM_.*|.*_PROXY)$/i;
/** An image may put folders before the usual ones, absolute and in words that a shell leaves alone. */
const pathPattern = /^\/[\w./+-]*(?::\/[\w./+-]*)*$/;

/** The `Env` of an OCI image's configuration as far as it has a meaning for us. */
export function environmentOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line): [string, string][] => {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(line) ?? [];
    if (!isAllowedVariable(name, value) || notTaken.test(name)) return [];
    return name === 'PATH' && !pathPattern.test(value) ? [] : [[name, value]];
  });
  return Object.fromEntries(pairs);
}
