import { describe, expect, it } from 'vitest';
import { completeMention, mentionAt, partsOf, whomToMention } from './mention.ts';

const people = [
  { profileName: 'alice', displayName: 'Alice Kim' },
  { profileName: 'bob', displayName: '이밥' },
];

describe('a mention that is being typed', () => {
  it.each([
    ['@', 1, { start: 0, query: '' }],
    ['look @al', 8, { start: 5, query: 'al' }],
    ['look\n@이', 7, { start: 5, query: '이' }],
    ['look @al here', 8, { start: 5, query: 'al' }],
    ['(@b', 3, { start: 1, query: 'b' }],
  ])('is seen in %j', (text, caret, expected) => {
    expect(mentionAt(text, caret)).toEqual(expected);
  });

  it.each([
    ['me@bank', 7],
    ['@al ', 4],
    ['@al', 0],
    ['', 0],
  ])('is not seen in %j at %d', (text, caret) => {
    expect(mentionAt(text, caret)).toBeUndefined();
  });

  it('offers people by user name and full name', () => {
    expect(whomToMention(people, 'AL')).toEqual([people[0]]);
    expect(whomToMention(people, '밥')).toEqual([people[1]]);
    expect(whomToMention(people, 'kim')).toEqual([people[0]]);
    expect(whomToMention(people, 'x')).toEqual([]);
  });

  it('is written out with the caret behind it', () => {
    expect(completeMention('look @al here', { start: 5, query: 'al' }, 'alice')).toEqual({
      text: 'look @alice here',
      caret: 12,
    });
  });
});

describe('the text of a comment', () => {
  it('sets those apart who were mentioned, and nobody else', () => {
    expect(partsOf('@alice ask @carol, @alice', ['alice'])).toEqual([
      { text: '@alice', isMention: true },
      { text: ' ask ', isMention: false },
      { text: '@carol', isMention: false },
      { text: ', ', isMention: false },
      { text: '@alice', isMention: true },
    ]);
  });
});
