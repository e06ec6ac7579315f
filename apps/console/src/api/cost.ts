import {
  type BudgetGrantRequest,
  type BudgetGrants,
  budgetGrantsSchema,
  type Cost,
  costSchema,
} from '@strongroom/contracts';
import { useQuery } from '@tanstack/react-query';
import { queryClient } from './queries.ts';
import { request, requestNothing } from './request.ts';

const refreshMilliseconds = 30_000;

/** `month`: `YYYY-MM`. */
export const useCost = (month: string) =>
  useQuery<Cost>({
    queryKey: ['cost', month],
    queryFn: () => request(costSchema, `/api/cost?month=${month}`),
    refetchInterval: refreshMilliseconds,
  });

/** For those who see everybody's cost. */
export const useBudgetGrants = (month: string) =>
  useQuery<BudgetGrants>({
    queryKey: ['cost', 'grants', month],
    queryFn: () => request(budgetGrantsSchema, `/api/budgets/grants?month=${month}`),
  });

export async function grantBudget(body: BudgetGrantRequest): Promise<void> {
  await requestNothing('/api/budgets/grants', { method: 'POST', body });
  await queryClient.invalidateQueries({ queryKey: ['cost'] });
}

export function costCsvPath(month: string): string {
  return `/api/cost.csv?month=${month}`;
}
