import { describe, expect, it } from 'vitest';
import { findParameters } from './notebook-parameters.ts';

function parametersOf(...lines: string[]) {
  const found = findParameters([
    { source: 'ignored = 1', tags: [] },
    { source: lines.join('\n'), tags: ['parameters'] },
    { source: 'later = 2', tags: ['parameters'] },
  ]);
  return Object.fromEntries(found.map(({ name, value }) => [name, value]));
}

describe('the parameters of a notebook', () => {
  it('are the literals of the first cell tagged so', () => {
    expect(
      parametersOf(
        'year = 2026  # of the report',
        'rate: float = 1_000.5',
        "team = 'risk'",
        'title = "a \\"quoted\\" name"',
        'is_draft = True',
        'below = -3e-2',
      ),
    ).toEqual({
      ...{ year: 2_026, rate: 1_000.5, team: 'risk', title: 'a "quoted" name' },
      ...{ is_draft: true, below: -0.03 },
    });
  });

  it('are those of R and JavaScript too', () => {
    expect(parametersOf('n <- 5', 'ok <- FALSE')).toEqual({ n: 5, ok: false });
    expect(parametersOf('const n = 5;', "let who = 'me';")).toEqual({ n: 5, who: 'me' });
  });

  it('are not what is computed, compared or within something', () => {
    expect(
      parametersOf('a = b + 1', 'c == 5', '  d = 5', 'e.f = 5', 'g = [1]', 'h += 1', 'i = "a" + b'),
    ).toEqual({});
  });

  it('are none where no cell is tagged', () => {
    expect(findParameters([{ source: 'a = 1', tags: undefined }])).toEqual([]);
  });
});
