import { describe, expect, it } from 'vitest';
import { judgeHtml } from './judge-html.ts';

describe('HTML of an output', () => {
  it('is shown in the notebook where it is a table, pandas’ own style included', () => {
    const table = '<table class="dataframe"><tr><td>1</td></tr></table>';
    expect(judgeHtml(`<style scoped>.dataframe { x: y }</style>${table}`)).toEqual({
      ...{ isStatic: true, html: table },
    });
  });

  it.each([
    '<script>1</script>',
    '<style>td { color: red }</style><table>',
    '<p onclick="x()">',
    '<a href="javascript:x()">',
    '<svg></svg>',
    '<IFRAME src="x">',
    'x'.repeat(500_000),
  ])('has a document of its own where it is more (%#)', (html) => {
    expect(judgeHtml(html)).toEqual({ isStatic: false, html });
  });
});
