import { expect, it } from 'vitest';
import { stashName } from './stash-name.ts';

it('parts what the person wrote from the branch', () => {
  expect(stashName('On main: half: a thought')).toEqual({
    ...{ description: 'half: a thought', branch: 'main' },
  });
  expect(stashName('On (no branch): 생각')).toEqual({ description: '생각', branch: null });
});

it('has no description where git names the commit instead', () => {
  expect(stashName('WIP on fix/one: 0969e1a First commit')).toEqual({
    ...{ description: '', branch: 'fix/one' },
  });
});

it('leaves alone what git did not write', () => {
  expect(stashName('autostash')).toEqual({ description: 'autostash', branch: null });
});
