import { expect, it } from 'vitest';
import { codeOf, GitError } from './git-error.ts';

it('is told by the agent, by the gateway, or by silence', () => {
  expect(GitError.of({ reason: 'Conflicts', message: 'two files' })).toMatchObject({
    ...{ code: 'Conflicts', message: 'two files' },
  });
  expect(codeOf(GitError.of({ error: { code: 'NotSignedIn', message: 'x' } }))).toBe('NotSignedIn');
  expect(codeOf(GitError.of(undefined))).toBe('Unreachable');
  expect(codeOf(new TypeError('fetch failed'))).toBe('Unreachable');
});
