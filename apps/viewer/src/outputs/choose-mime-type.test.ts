import { describe, expect, it } from 'vitest';
import { choosePresentation } from './choose-mime-type.ts';

const choose = (...types: readonly string[]) =>
  choosePresentation(Object.fromEntries(types.map((type) => [type, 'x'])), () => false);
const view = { 'application/vnd.jupyter.widget-view+json': { model_id: 'a' }, 'text/plain': 'A' };

describe('of the forms of an output', () => {
  it('is the richest chosen', () => {
    expect(choose('text/plain', 'text/html', 'image/png').kind).toBe('html');
    expect(choose('text/plain', 'application/vnd.vegalite.v5+json').kind).toBe('vega');
    expect(choose('image/png', 'text/plain', 'image/svg+xml')).toMatchObject({
      type: 'image/svg+xml',
    });
    expect(choose('application/vnd.plotly.v1+json', 'text/plain').kind).toBe('text');
  });

  it('is a widget chosen where its state was saved', () => {
    expect(choosePresentation(view, () => true)).toEqual({ kind: 'widget', modelId: 'a' });
    expect(choosePresentation(view, () => false).kind).toBe('text');
  });

  it('is none chosen where none can be shown', () => {
    expect(choose('application/x-unknown')).toEqual({
      ...{ kind: 'nothing', types: ['application/x-unknown'] },
    });
  });
});
