import { type RunningDomain, startDomain } from '@strongroom/tests/support/running-domain.ts';
import { domainFile } from '../strongroom/domain-file.ts';

export interface ComputeSetting {
  /** Nothing is ready before it is asked for. */
  readonly coldDomain: RunningDomain;
  /** A kernel is kept ready for each person. */
  readonly warmDomain: RunningDomain;
  say(text: string): void;
}

export const kernelRounds = 7;
/** A studio runs at most 32. */
export const memoryStudios = 4;
export const kernelsOfEachStudio = 25;

export const roundNames = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, round) => `${name}-${round}`);

/** Both are ended by `ends`, whatever happens. */
export async function startComputeSetting(
  ends: (() => Promise<unknown>)[],
): Promise<ComputeSetting> {
  const start = async (profileNames: readonly string[], warmKernels: number) => {
    const text = domainFile({
      ...{ profileNames, warmKernels, hibernateAfterMinutes: 60 },
      prestart: warmKernels > 0 ? 'server-and-kernel' : 'nothing',
    });
    const domain = await startDomain({ domainFile: text });
    ends.push(() => domain.remove());
    return domain;
  };
  return {
    coldDomain: await start(['cold', 'change', ...roundNames('memory', memoryStudios)], 0),
    warmDomain: await start(['warm', 'change'], 1),
    say: (text) => console.error(`… ${text}`),
  };
}
