import { egressNowSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { describeEgress, parseEgress } from './egress-text.ts';

const translate = (text: string, ...values: string[]) =>
  values.reduce((filled, value, index) => filled.replace(`%${index + 1}`, value), text);

const trans = { __: translate };

const listed = {
  mode: 'allow-list',
  destinations: [{ list: 'pypi', names: ['pypi.org', 'files.pythonhosted.org'], ports: [443] }],
  until: '2026-03-01T12:00:00.000Z',
};

describe('what the status bar says of internet access', () => {
  it('is how much is open, and in the tooltip what', () => {
    const now = parseEgress(listed);
    if (now === null) throw new Error('It is an answer');
    const { label, title } = describeEgress(now, trans);
    expect(label).toBe('Internet: 2 names');
    expect(title).toContain('files.pythonhosted.org');
    expect(title).toContain('Until');
  });

  it.each([
    [{ mode: 'off', destinations: [], until: null }, 'Internet: off'],
    [{ mode: 'open', destinations: [], until: '2026-03-01T12:00:00.000Z' }, 'Internet: open'],
  ])('is said of %j', (answer, label) => {
    const now = parseEgress(answer);
    expect(now && describeEgress(now, trans).label).toBe(label);
  });

  it('reads what the contract does, and nothing else', () => {
    for (const value of [
      ...[listed, { ...listed, mode: 'all' }, { ...listed, until: 'soon' }, null, 'x', {}],
      { ...listed, destinations: 'x' },
      { ...listed, destinations: [{ names: [1] }] },
    ]) {
      expect(parseEgress(value) !== null).toBe(egressNowSchema.safeParse(value).success);
    }
  });
});
