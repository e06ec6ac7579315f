import { expect, it } from 'vitest';
import { outputText } from './output-text.ts';

it('tells outputs as text, and what is no text by its kind', () => {
  const text = outputText([
    { output_type: 'stream', name: 'stdout', text: 'one\n' },
    { output_type: 'error', ename: 'ValueError', evalue: '\u001b[31mred\u001b[0m', traceback: [] },
    {
      output_type: 'display_data',
      data: { 'text/plain': '<Figure>', 'image/png': 'abcd', 'text/html': '<script>' },
    },
  ]);
  expect(text).toBe('one\n\nValueError: red\n<Figure>\n[image/png, 4]\n[text/html, 8]');
});
