import type { BudgetState, StudioCost } from '@strongroom/contracts';
import { moneyText } from '../money.ts';
import { percentText } from '../sizes.ts';
import type { ViewContext } from '../view-context.ts';

export interface CostPart {
  readonly kind: 'amount' | 'hourly' | 'warning';
  readonly text: string;
  /** Instead, where the bar is narrow. */
  readonly brief?: string;
}

export interface CostText {
  /** Apart, so that a narrow bar can leave the less important ones out. */
  readonly parts: readonly CostPart[];
  /** All of them. */
  readonly text: string;
  readonly title: string;
  /** Of the budget that is nearest to its end; 0 where none has reached 50. */
  readonly reachedPercent: BudgetState['reachedPercent'];
}

type Context = Pick<ViewContext, 'trans' | 'languageTag'>;

/** What the status bar says of money. */
export function costText(cost: StudioCost, context: Context): CostText {
  const { trans, languageTag } = context;
  const { prices } = cost;
  const money = moneyText(cost.amount, prices, languageTag);
  const hourly = trans.__('%1/hour now', moneyText(cost.hourlyAmount, prices, languageTag));
  const nearest = nearestBudget(cost.budgets);
  const reachedPercent = nearest?.reachedPercent ?? 0;
  const parts: CostPart[] = [
    { kind: 'amount', text: trans.__('%1 this month', money), brief: money },
    { kind: 'hourly', text: cost.hourlyAmount > 0 ? hourly : '' },
    ...(reachedPercent === 0 ? [] : [warningOf(reachedPercent, context)]),
  ];
  const said = parts.filter((part) => part.text !== '');
  const text = said.map((part) => part.text).join(' · ');
  return {
    parts: said,
    text,
    title: [
      text,
      ...cost.budgets.map((budget) => budgetText(budget, cost, context)),
      trans.__('Open the cost page of the console'),
    ].join('\n'),
    reachedPercent,
  };
}

function nearestBudget(budgets: readonly BudgetState[]): BudgetState | undefined {
  return [...budgets].sort((one, other) => usedPart(other) - usedPart(one))[0];
}

export function budgetText(
  budget: BudgetState,
  { prices }: StudioCost,
  { trans, languageTag }: Context,
): string {
  const used = moneyText(budget.usedAmount, prices, languageTag);
  const allowed = moneyText(budget.monthlyAmount + budget.grantedAmount, prices, languageTag);
  const said =
    budget.kind === 'person'
      ? trans.__('Your budget: %1 of %2 used', used, allowed)
      : trans.__('Budget of %1: %2 of %3 used', budget.name, used, allowed);
  if (budget.reachedPercent < 100 || !budget.blocks) return said;
  return `${said}. ${trans.__('Nothing that has a price is started any more.')}`;
}

/** The sign says it too: colour alone would not reach everybody. */
function warningOf(percent: number, { trans, languageTag }: Context): CostPart {
  const sign = percent >= 80 ? '⚠ ' : '';
  const part = percentText(percent / 100, languageTag);
  const said = trans.__('%1 of the budget', part);
  return { kind: 'warning', text: `${sign}${said}`, brief: `${sign}${part}` };
}

function usedPart({ usedAmount, monthlyAmount, grantedAmount }: BudgetState): number {
  const allowed = monthlyAmount + grantedAmount;
  return allowed === 0 ? (usedAmount > 0 ? 1 : 0) : usedAmount / allowed;
}
