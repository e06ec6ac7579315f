import type { InstanceType } from '@strongroom/contracts';
import { ComputeError } from '../api/compute-error.ts';
import type { Choice } from './choice.ts';
import { isUsable } from './choice.ts';
import type { Offers } from './offers.ts';

/** The budget of this month is used up, and it has a price. */
export function isBeyondBudget(
  { isBudgetUsedUp }: Pick<Offers, 'isBudgetUsedUp'>,
  { pricePerHour }: Pick<InstanceType, 'pricePerHour'>,
): boolean {
  return isBudgetUsedUp && (pricePerHour ?? 0) > 0;
}

/**
 * Why a kernel could not be started, where what is offered says so: Lab hands on the agent's sentence and
 * drops its code. Undefined where it has another cause.
 */
export function startProblem(
  offers: Offers,
  { kernelName = '', instanceType }: Partial<Choice>,
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
  return isBeyondBudget(offers, type) ? new ComputeError('BudgetReached') : undefined;
}
