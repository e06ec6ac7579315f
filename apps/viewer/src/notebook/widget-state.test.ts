import { describe, expect, it } from 'vitest';
import { readWidgetState, widgetClosure } from './widget-state.ts';

describe('the state of widgets', () => {
  it('is given with what it refers to, in circles too, and nothing else', () => {
    const state = {
      box: { state: { children: ['IPY_MODEL_slider'] } },
      slider: { state: { layout: 'IPY_MODEL_layout', parent: 'IPY_MODEL_box' } },
      layout: { state: {} },
      other: { state: {} },
    };
    const { box, slider, layout } = state;
    expect(widgetClosure(state, 'box')).toMatchObject({ state: { box, slider, layout } });
    expect(JSON.stringify(widgetClosure(state, 'box'))).not.toContain('other');
  });

  it('is nothing where it is no state', () => {
    expect(readWidgetState('x')).toEqual({});
    expect(widgetClosure({}, '__proto__')).toMatchObject({ state: {} });
  });
});
