import { describe, expect, it } from 'vitest';
import { cost } from '../testing/answers.ts';
import { trans } from '../testing/texts.ts';
import { costText } from './cost-text.ts';
import { ToldBudgets } from './told-budgets.ts';

const context = { trans, languageTag: 'en-US' };

describe('the cost of this month', () => {
  it('is with what runs now and the budget that is nearest to its end', () => {
    const said = costText(cost, context);
    expect(said.parts).toEqual([
      { kind: 'amount', text: '$12.30 this month', brief: '$12.30' },
      { kind: 'hourly', text: '$0.05/hour now' },
      { kind: 'warning', text: '⚠ 80% of the budget', brief: '⚠ 80%' },
    ]);
    expect(said.title).toContain('$12.30 this month · $0.05/hour now');
    expect(said.title).toContain('Budget of research: $100.00 of $120.00 used');
    expect(said.reachedPercent).toBe(80);
  });

  it('is alone where nothing runs and no budget is there', () => {
    const said = costText({ ...cost, hourlyAmount: 0, budgets: [] }, context);
    expect(said.text).toBe('$12.30 this month');
    expect(said.reachedPercent).toBe(0);
  });
});

describe('a warning of a budget', () => {
  const november = new Date('2026-11-28T10:00:00.000Z');
  const december = new Date('2026-12-01T10:00:00.000Z');
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };

  it('is said once for each step of each month, from 80 percent on', () => {
    stored.clear();
    const told = new ToldBudgets(storage);
    expect(told.take(cost.budgets, november).map(({ name }) => name)).toEqual(['research']);
    expect(new ToldBudgets(storage).take(cost.budgets, november)).toEqual([]);
    const over = cost.budgets.map((budget) => ({ ...budget, reachedPercent: 100 as const }));
    expect(told.take(over, november)).toHaveLength(2);
    expect(told.take(cost.budgets, december)).toHaveLength(1);
  });

  it('is said with each page where a browser keeps nothing', () => {
    const broken = {
      getItem: () => {
        throw new Error('refused');
      },
      setItem: () => {},
    };
    expect(new ToldBudgets(broken).take(cost.budgets, november)).toHaveLength(1);
  });
});
