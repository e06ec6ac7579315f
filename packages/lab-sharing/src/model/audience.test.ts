import { describe, expect, it } from 'vitest';
import { choices } from '../testing/answers.ts';
import { choosables, isChosen, matching, toggled } from './audience.ts';

const all = choosables(choices);
const names = (text: string) => matching(all, text).map(({ name }) => name);

describe('teams and people to share with', () => {
  it('are all there before anything is typed, teams first', () => {
    expect(names(' ')).toEqual(['research', 'risk', 'bob', 'min']);
  });

  it('are found by every word of a name, profile or team, whatever the case', () => {
    expect(names('KIM bob')).toEqual(['bob']);
    expect(names('risk')).toEqual(['risk', 'min']);
    expect(names('nobody')).toEqual([]);
  });

  it('are found by Hangul however it is composed', () => {
    expect(names('민수'.normalize('NFD'))).toEqual(['min']);
  });

  it('are chosen and taken back', () => {
    const none = { everyone: false, teams: [], people: [] };
    for (const each of all) {
      const chosen = toggled(none, each);
      expect(all.filter((other) => isChosen(chosen, other))).toEqual([each]);
      expect(toggled(chosen, each)).toEqual(none);
    }
  });
});
