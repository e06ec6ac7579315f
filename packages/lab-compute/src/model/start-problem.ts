import type { BudgetState } from '@strongroom/contracts';
import { ComputeError } from '../api/compute-error.ts';
import type { Choice } from './choice.ts';
import { isUsable } from './choice.ts';
import type { Offers } from './offers.ts';

/**
 * Why a kernel could not be started, where what is offered says so: Lab hands on the agent's sentence and
 * drops its code. Undefined where it has another cause.
 */
export function startProblem(
  offers: Offers,
  { kernelName = '', instanceType }: Partial<Choice>,
  budgets: readonly BudgetState[] = [],
): ComputeError | undefined {
  if (offers.offered === null) return undefined;
  const found = offers.findKernel(kernelName);
  // A kernel of the home's own is in no image: it has no image's name before it.
  if (found === undefined && kernelName.includes('__')) return new ComputeError('ImageNotFound');
  if (found !== undefined && !isUsable(found.image)) return new ComputeError('ImageUnavailable');
  if (instanceType === undefined) return undefined;
  const type = offers.findType(instanceType);
  if (type === undefined) return new ComputeError('AccessDenied');
  if (type.availability === 'unavailable') return new ComputeError('InstanceTypeUnavailable');
  const isUsedUp = budgets.some(({ reachedPercent, blocks }) => blocks && reachedPercent >= 100);
  return isUsedUp && type.pricePerHour > 0 ? new ComputeError('BudgetReached') : undefined;
}
