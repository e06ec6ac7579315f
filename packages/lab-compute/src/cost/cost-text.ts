import type { BudgetState, StudioCost } from '@strongroom/contracts';
import { moneyText } from '../money.ts';
import { percentText } from '../sizes.ts';
import type { ViewContext } from '../view-context.ts';

export interface CostPart {
  readonly kind: 'amount' | 'hourly' | 'warning';
  readonly text: string;
}

export interface CostText {
  /** Apart, so that a narrow bar can leave the less important ones out. */
  readonly parts: readonly CostPart[];
  readonly title: string;
  /** Of the budget that is nearest to its end; 0 where none has reached 50. */
  readonly reachedPercent: BudgetState['reachedPercent'];
}

type Context = Pick<ViewContext, 'trans' | 'languageTag'>;

/** What the status bar says of money. */
export function costText(cost: StudioCost, context: Context): CostText {
  const { trans, languageTag } = context;
  const { prices } = cost;
  const amount = trans.__('%1 this month', moneyText(cost.amount, prices, languageTag));
  const hourly = trans.__('%1/hour now', moneyText(cost.hourlyAmount, prices, languageTag));
  const nearest = nearestBudget(cost.budgets);
  const reachedPercent = nearest?.reachedPercent ?? 0;
  const warning = reachedPercent === 0 ? '' : warningText(reachedPercent, context);
  const parts: CostPart[] = [
    { kind: 'amount', text: amount },
    { kind: 'hourly', text: cost.hourlyAmount > 0 ? hourly : '' },
    { kind: 'warning', text: warning },
  ];
  const said = parts.filter(({ text }) => text !== '');
  return {
    parts: said,
    title: [
      said.map(({ text }) => text).join(' · '),
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
function warningText(percent: number, { trans, languageTag }: Context): string {
  const said = trans.__('%1 of the budget', percentText(percent / 100, languageTag));
  return percent >= 80 ? `⚠ ${said}` : said;
}

function usedPart({ usedAmount, monthlyAmount, grantedAmount }: BudgetState): number {
  const allowed = monthlyAmount + grantedAmount;
  return allowed === 0 ? (usedAmount > 0 ? 1 : 0) : usedAmount / allowed;
}
