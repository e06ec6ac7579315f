import type { ProfileName, RepositoryGrant } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { areReady, grantsOf, lineProblem, linesOf } from './access-lines.ts';

const access: RepositoryGrant[] = [
  { to: 'everyone', permission: 'read' },
  { to: { team: 'everyone' }, permission: 'read-write' },
  { to: { profileName: 'bob' as ProfileName }, permission: 'read' },
];

describe('the lines of who may use a repository', () => {
  it('become the grants that they were made of, a team called everyone too', () => {
    expect(grantsOf(linesOf(access))).toEqual(access);
  });

  it('grant nothing where nobody is chosen', () => {
    const lines = [{ subject: '', permission: 'read-write' }] as const;
    expect(grantsOf(lines)).toEqual([]);
    expect(lineProblem(lines, 0)).toBe('accessUnfinished');
    expect(areReady(lines)).toBe(false);
  });

  it('name nobody twice', () => {
    const lines = [...linesOf(access), { subject: 'person:bob', permission: 'read' } as const];
    expect(lineProblem(lines, 2)).toBeUndefined();
    expect(lineProblem(lines, 3)).toBe('accessTwice');
    expect(areReady(lines)).toBe(false);
    expect(areReady(lines.slice(0, 3))).toBe(true);
  });
});
