import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, newPerson, picture } from '../support/browser.ts';
import { looksOf } from '../support/looks.ts';
import { code, html, markdown, notebookOf, shows, stream } from '../support/notebooks.ts';
import { pictureOnFailure } from '../support/picture-on-failure.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';
import { ViewerPage } from '../support/viewer-page.ts';

/** One red pixel. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==';
const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="60"><circle cx="30" cy="30" r="25" fill="teal"/></svg>';
const frameOfNumbers =
  '<div><style scoped>.dataframe tbody tr th { vertical-align: top; }</style><table border="1" class="dataframe"><thead><tr style="text-align: right;"><th></th><th>loan</th><th>risk</th></tr></thead><tbody><tr><th>0</th><td>120</td><td>0.5</td></tr><tr><th>1</th><td>300</td><td>0.25</td></tr></tbody></table></div>';
const chart = {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  data: {
    values: [
      { month: 'Jan', loss: 3 },
      { month: 'Feb', loss: 5 },
    ],
  },
  mark: 'bar',
  encoding: { x: { field: 'month', type: 'nominal' }, y: { field: 'loss', type: 'quantitative' } },
};
const layoutModel = { model_module: '@jupyter-widgets/base', model_module_version: '2.0.0' };
const controls = { model_module: '@jupyter-widgets/controls', model_module_version: '2.0.0' };
const widgets = {
  'application/vnd.jupyter.widget-state+json': {
    ...{ version_major: 2, version_minor: 0 },
    state: {
      layout: { ...layoutModel, model_name: 'LayoutModel', state: {} },
      style: { ...controls, model_name: 'SliderStyleModel', state: {} },
      slider: {
        ...{ ...controls, model_name: 'IntSliderModel' },
        state: {
          ...{ description: 'Years', value: 7, min: 0, max: 10, layout: 'IPY_MODEL_layout' },
          ...{ style: 'IPY_MODEL_style', readout: true },
        },
      },
    },
  },
};

const wholeNotebook = notebookOf(
  [
    markdown(
      '# Loan losses\n\nWith *emphasis*, `code`, $e^{i\\pi} = -1$ and a [link](#Method).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![plot](attachment:plot.png)\n\n![far](https://example.com/x.png)\n\n<b onclick="alert(1)">raw</b><script>window.owned = 1</script>',
      { 'plot.png': { 'image/png': png } },
    ),
    code(
      'def loss(rate):\n    return rate * 2  # twice',
      stream('first\n\u001b[31mred\u001b[0m last\n'),
    ),
    markdown('## Method\n\n$$\\int_0^1 x^2 \\, dx = \\frac{1}{3}$$\n\n```python\nx = "text"\n```'),
    code('frame', html(frameOfNumbers)),
    code('plot', shows({ 'image/png': png, 'text/plain': '<Figure>' })),
    code('drawing', shows({ 'image/svg+xml': svg })),
    code('chart', shows({ 'application/vnd.vegalite.v5+json': chart, 'text/plain': 'chart' })),
    code(
      'slider',
      shows({
        'application/vnd.jupyter.widget-view+json': { model_id: 'slider' },
        'text/plain': 'IntSlider(value=7)',
      }),
    ),
    code(
      'plotly',
      html('<div id="graph">waits</div><script>graph.textContent = "drawn by " + 6 * 7</script>'),
    ),
    code('tree', shows({ 'application/json': { risk: { level: 3 }, names: ['kim', 'lee'] } })),
    code('1 / 0', {
      output_type: 'error',
      ...{ ename: 'ZeroDivisionError', evalue: 'division by zero' },
      traceback: ['\u001b[0;31mZeroDivisionError\u001b[0m: division by zero'],
    }),
    code('odd', shows({ 'application/x-nobody-knows': '?', 'text/plain': 'as text' })),
    code('latex', shows({ 'text/latex': '$\\displaystyle \\sum_i x_i$' })),
    code('print()', stream(`${'a line of the log\n'.repeat(5_000)}the needle\n`)),
    { cell_type: 'raw', source: 'as it is' },
  ],
  { widgets },
);

let browser: Browser;
let domain: RunningDomain;
beforeAll(async () => {
  browser = await launchBrowser();
  domain = await startDomain();
});
afterAll(async () => {
  await browser.close();
  await domain.remove();
});

describe.each(looksOf('korean'))(
  'a notebook in the viewer in $language, $theme',
  ({ language, theme }) => {
    let person: BrowserContext;
    let viewer: ViewerPage;
    const cell = (index: number) => viewer.frame.locator(`[data-cell="${index}"]`);
    const outputOf = (index: number) => cell(index).frameLocator('iframe');
    const word = (english: string, korean: string) => (language === 'en' ? english : korean);

    beforeAll(async () => {
      person = await newPerson(browser, { language, theme });
      viewer = await ViewerPage.open(await person.newPage(), domain);
    });
    afterAll(() => person.close());
    beforeEach(({ task }) =>
      pictureOnFailure(() => viewer.page, task.name.replaceAll(/\W+/g, '-')),
    );

    it('is rendered, and its outline is told', async () => {
      const { outline } = await viewer.render(wholeNotebook, {
        ...{ language, theme, mayComment: true },
        commentCounts: [{ cellIndex: 1, count: 2 }],
      });
      expect(outline.map(({ level, text, cellIndex }) => [level, text, cellIndex])).toEqual([
        [1, 'Loan losses', 0],
        [2, 'Method', 2],
      ]);
      await cell(0).locator('mjx-container').waitFor();
      await picture(viewer.page, `viewer-top-${language}-${theme}`);
      const { violations } = await new AxeBuilder({ page: viewer.page })
        .include('iframe')
        .analyze();
      const serious = violations.filter(
        ({ impact }) => impact === 'serious' || impact === 'critical',
      );
      expect(
        serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html: text }) => text).join(' | ')}`),
      ).toEqual([]);
    });

    it('shows text with tables, attached images and math, and no code of its author’s', async () => {
      expect(await cell(0).locator('table td').allInnerTexts()).toEqual(['1', '2']);
      expect(await cell(0).locator('img').getAttribute('src')).toBe(`data:image/png;base64,${png}`);
      expect(await cell(0).locator('b').getAttribute('onclick')).toBeNull();
      expect(await cell(0).innerText()).toContain('https://example.com/x.png');
      expect(await viewer.frame.evaluate('window.owned')).toBeUndefined();
      expect(await cell(2).locator('mjx-container[display="true"]').count()).toBe(1);
      expect(await cell(2).locator('pre .tok-string').innerText()).toBe('"text"');
    });

    it('shows code in colours, streams in theirs, tables, images, trees and errors', async () => {
      expect(await cell(1).locator('.tok-keyword').allInnerTexts()).toEqual(['def', 'return']);
      expect(await cell(1).locator('.ansi-red-foreground').innerText()).toBe('red');
      expect(await cell(3).locator('table.dataframe td').allInnerTexts()).toContain('0.25');
      expect(await cell(4).locator('img').getAttribute('alt')).toBe('<Figure>');
      const drawing = cell(5).locator('img');
      await drawing.scrollIntoViewIfNeeded();
      expect(await drawing.evaluate((image) => (image as unknown as { width: number }).width)).toBe(
        160,
      );
      expect(await cell(9).textContent()).toContain('"kim"');
      expect(await cell(10).locator('.text-error').textContent()).toContain('division by zero');
      expect(await cell(11).textContent()).toContain('application/x-nobody-knows');
      expect(await cell(12).locator('mjx-container').count()).toBe(1);
    });

    it('draws charts, widgets and outputs with scripts, each in a frame of its own', async () => {
      for (const index of [6, 7, 8]) await cell(index).scrollIntoViewIfNeeded();
      await outputOf(6).locator('canvas, svg').first().waitFor();
      await outputOf(7).locator('.widget-slider, .jupyter-widgets').first().waitFor();
      expect(await outputOf(7).locator('body').innerText()).toContain('Years');
      await outputOf(8).getByText('drawn by 42').waitFor();
      await picture(viewer.page, `viewer-outputs-${language}-${theme}`);
    });

    it('folds what is long, and finds in it', async () => {
      const button = cell(13).getByRole('button', { name: word('Show all', '전체 보기') });
      expect(await button.count()).toBe(1);
      await viewer.say({ type: 'find', text: 'THE NEEDLE' });
      expect(await viewer.hear('found')).toMatchObject({ matchCount: 1, current: 1 });
      expect(await button.count()).toBe(0);
      await viewer.say({ type: 'find', text: 'loss' });
      const { matchCount } = await viewer.hear('found');
      // The heading, the function, and neither a formula nor the chart's own document.
      expect(matchCount).toBe(2);
      await viewer.say({ type: 'find-next', direction: 'backward' });
      await viewer.hear('found');
      await viewer.say({ type: 'find', text: '' });
      expect(await viewer.hear('found')).toMatchObject({ matchCount: 0, current: 0 });
    });

    it('goes to cells, headings and links within, and says whose comments are asked for', async () => {
      const top = (index: number) =>
        cell(index).evaluate(
          (each) =>
            (
              each as unknown as { getBoundingClientRect(): { top: number } }
            ).getBoundingClientRect().top,
        );
      await viewer.say({ type: 'scroll-to-cell', cellIndex: 10 });
      await expect.poll(() => top(10)).toBeLessThan(800);
      const { outline } = await viewer.render(wholeNotebook, { language, theme, mayComment: true });
      await viewer.say({ type: 'scroll-to-heading', headingId: outline[1]?.headingId ?? '' });
      await expect.poll(() => top(2)).toBeLessThan(100);
      await viewer.say({ type: 'scroll-to-cell', cellIndex: 0 });
      await cell(0).getByRole('link', { name: 'link' }).press('Enter');
      await expect.poll(() => top(2)).toBeLessThan(100);
      await viewer.say({ type: 'comments', commentCounts: [{ cellIndex: 3, count: 4 }] });
      const name = word('Comments on cell 4: 4 unresolved', '셀 4의 댓글: 미해결 4개');
      await cell(3).getByRole('button', { name }).press('Enter');
      expect(await viewer.hear('comment')).toEqual({ type: 'comment', cellIndex: 3 });
    });

    it('says so where it is no notebook', async () => {
      const hear = async (notebook: unknown) => {
        await viewer.say({
          ...{ type: 'render', notebook, language, theme, commentCounts: [], mayComment: false },
        });
        return (await viewer.hear('failed')).reason;
      };
      expect(await hear('{"nbformat": 4, "cells": [')).toBe('NotANotebook');
      expect(await hear({ nbformat: 2, cells: [] })).toBe('UnknownFormat');
      expect(await viewer.frame.getByRole('alert').innerText()).not.toBe('');
      const old = {
        nbformat: 3,
        worksheets: [{ cells: [{ cell_type: 'heading', source: 'Old' }] }],
      };
      expect((await viewer.render(old)).outline).toMatchObject([{ text: 'Old' }]);
    });
  },
);
