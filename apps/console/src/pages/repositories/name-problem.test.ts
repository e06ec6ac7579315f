import { repositoryNameSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { nameProblem } from './name-problem.ts';

describe('nameProblem', () => {
  it.each([
    ['위험 모델', 'characters'],
    ['risk/models', 'characters'],
    ['a\u202eb', 'characters'],
    ['-option', 'begin'],
    ['.hidden', 'begin'],
    ['models.git', 'ending'],
    ['a'.repeat(101), 'long'],
    ['models', 'taken'],
  ])('of %j is %s', (name, kind) => {
    expect(nameProblem(name, ['models'])?.kind).toBe(kind);
  });

  it('is told of exactly those names that cannot be used', () => {
    for (const name of ['risk.models_2-b', 'a', '1', 'git', '..', '.', 'x.git', 'a b', 'é'])
      expect(nameProblem(name, []) === undefined).toBe(
        repositoryNameSchema.safeParse(name).success,
      );
  });

  it('is nothing before anything is typed', () => {
    expect(nameProblem('', [])).toBeUndefined();
  });
});
