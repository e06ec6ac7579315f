import { expect, test } from 'vitest';
import { Scrollback } from './scrollback.ts';

test('a short session is kept whole', () => {
  const scrollback = new Scrollback(100);
  for (const text of ['half a ', 'line\r\n', 'prompt $ ']) scrollback.push(text);
  expect(scrollback.read()).toBe('half a line\r\nprompt $ ');
});

test('a long one keeps its end, beginning with a whole line', () => {
  const scrollback = new Scrollback(100);
  for (let number = 0; number < 1_000; number += 1) scrollback.push(`\u001b[31m${number}\r\n`);
  const text = scrollback.read();
  expect(text.length).toBeLessThanOrEqual(100);
  expect(text.startsWith('\u001b[31m')).toBe(true);
  expect(text.endsWith('\u001b[31m999\r\n')).toBe(true);
});
