import { repositoryNameSchema } from '@strongroom/contracts';

const maximumCharacters = 100;

interface NameProblem {
  readonly kind: 'begin' | 'characters' | 'ending' | 'long' | 'taken';
  readonly characters?: string;
  readonly count?: number;
}

/** The one rule that a name breaks which is mended first; undefined where it breaks none or is not begun. */
export function nameProblem(name: string, taken: readonly string[]): NameProblem | undefined {
  if (name === '') return undefined;
  const wrong = [...new Set(name.match(/[^A-Za-z0-9._-]/gu))];
  if (wrong.length > 0) return { kind: 'characters', characters: wrong.slice(0, 8).join(' ') };
  if (!/^[A-Za-z0-9]/.test(name)) return { kind: 'begin' };
  if (name.length > maximumCharacters) return { kind: 'long', count: name.length };
  if (!repositoryNameSchema.safeParse(name).success) return { kind: 'ending' };
  if (taken.includes(name)) return { kind: 'taken' };
  return undefined;
}
