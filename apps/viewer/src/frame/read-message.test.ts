import { type ToViewer, toViewerSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { readMessage } from './read-message.ts';

const render = {
  type: 'render',
  notebook: '{}',
  language: 'ko',
  theme: 'dark',
  mayComment: true,
  commentCounts: [{ cellIndex: 0, count: 2 }],
} as const;
const messages: readonly ToViewer[] = [
  { ...render, commentCounts: [...render.commentCounts] },
  { type: 'prepare', notebook: '{}' },
  { type: 'theme', theme: 'light' },
  { type: 'language', language: 'en' },
  { type: 'comments', commentCounts: [] },
  { type: 'scroll-to-cell', cellIndex: 3 },
  { type: 'scroll-to-heading', headingId: 'a' },
  { type: 'find', text: '' },
  { type: 'find-next', direction: 'backward' },
  { type: 'print' },
];

describe('what the page says', () => {
  it.each(messages)('is understood as the contract has it: $type', (message) => {
    expect(readMessage(message)).toEqual(toViewerSchema.parse(message));
  });

  it('is understood of every kind that the contract has', () => {
    const kinds = toViewerSchema.options.map(({ shape }) => shape.type.value);
    expect(messages.map(({ type }) => type)).toEqual(kinds);
  });

  it.each([
    null,
    'print',
    {},
    { type: 'constructor' },
    { ...render, theme: 'blue' },
    { ...render, commentCounts: [{ cellIndex: 'x', count: 1 }] },
    { ...render, mayComment: 1 },
    { type: 'scroll-to-cell', cellIndex: -1 },
    { type: 'scroll-to-cell', cellIndex: 1.5 },
    { type: 'find', text: 'x'.repeat(501) },
    { type: 'find-next', direction: 'up' },
  ])('is not understood where the contract does not have it (%#)', (message) => {
    expect(toViewerSchema.safeParse(message).success).toBe(false);
    expect(readMessage(message)).toBeUndefined();
  });
});
