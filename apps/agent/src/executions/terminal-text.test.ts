import { expect, test } from 'vitest';
import { TerminalText } from './terminal-text.ts';

function shown(...parts: string[]): string {
  const text = new TerminalText();
  for (const part of parts) text.append(part);
  expect(text.length).toBe(text.toString().length);
  return text.toString();
}

test('plain text is kept as it is, however it is cut', () => {
  expect(shown('a\nb', 'c\n', '\n', 'd')).toBe('a\nbc\n\nd');
});

test('a progress bar is its last state', () => {
  expect(shown('\r10%', '\r55%', '\r100%\n', 'done')).toBe('100%\ndone');
  expect(shown('100%\r5')).toBe('500%');
});

test('a backspace takes a character of its line away and none of the one before', () => {
  expect(shown('abc\b\bx')).toBe('ax');
  expect(shown('a\n\b\bb')).toBe('a\nb');
});

test('a line ends at its end wherever the cursor is', () => {
  expect(shown('abc\r', 'x\ny')).toBe('xbc\ny');
  expect(shown('abc\r\ndef')).toBe('abc\ndef');
});

test('who takes a text over goes on where it was', () => {
  for (const parts of [['50%\r'], ['abc\rx'], ['abc\n'], ['a\rb\b']]) {
    const text = new TerminalText();
    for (const part of parts) text.append(part);
    const taken = new TerminalText();
    taken.append(text.toReplay());
    for (const each of [text, taken]) each.append('60');
    expect(taken.toString()).toBe(text.toString());
  }
});

test('a hundred thousand updates of one line stay one line', () => {
  const text = new TerminalText();
  for (let count = 0; count < 100_000; count += 1) text.append(`\r${count}`);
  expect(text.toString()).toBe('99999');
});
