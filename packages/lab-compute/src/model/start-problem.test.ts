import { expect, it } from 'vitest';
import { ComputeError } from '../api/compute-error.ts';
import { cost, offered } from '../testing/answers.ts';
import { Offers } from './offers.ts';
import { startProblem } from './start-problem.ts';

it.each([
  ['ImageNotFound', { kernelName: 'gone__python3' }],
  ['AccessDenied', { kernelName: 'python3', instanceType: 'ml.m5.24xlarge' }],
  ['InstanceTypeUnavailable', { kernelName: 'python3', instanceType: 'ml.g4dn.xlarge' }],
  [undefined, { kernelName: 'python3', instanceType: 'ml.t3.medium' }],
  [undefined, { kernelName: 'my-environment' }],
  [undefined, {}],
])('a start fails for %s where it asks for %j', async (code, choice) => {
  const offers = new Offers({ offers: async () => offered });
  expect(startProblem(offers, choice)).toBeUndefined();
  await offers.ready();
  expect(startProblem(offers, choice)?.code).toBe(code);
});

it('a start fails for an image that is being prepared', async () => {
  const images = offered.images.map((image) => ({ ...image, state: 'preparing' as const }));
  const offers = new Offers({ offers: async () => ({ ...offered, images }) });
  await offers.ready();
  expect(startProblem(offers, { kernelName: 'python3' })?.code).toBe('ImageUnavailable');
});

it.each([
  ['BudgetReached', 'ml.t3.medium', 100],
  [undefined, 'ml.t3.medium', 80],
  [undefined, 'system', 100],
] as const)('a start fails for %s on %s where %s percent are used', async (code, type, percent) => {
  const [first, ...others] = offered.instanceTypes;
  const free = { ...first, instanceType: 'system', pricePerHour: 0 } as typeof first & object;
  const budgets = cost.budgets.map((each) => ({ ...each, reachedPercent: percent }));
  const offers = new Offers({
    offers: async () => ({
      ...offered,
      instanceTypes: [free, ...(first ? [first] : []), ...others],
    }),
    cost: async () => ({ ...cost, budgets }),
  });
  await offers.ready();
  const choice = { kernelName: 'python3', instanceType: type };
  expect(startProblem(offers, choice)?.code).toBe(code);
});

it('a start fails for no budget where none can be asked for', async () => {
  const offers = new Offers({
    offers: async () => offered,
    cost: () => Promise.reject(new ComputeError('Unreachable')),
  });
  await offers.ready();
  const choice = { kernelName: 'python3', instanceType: 'ml.t3.medium' };
  expect(startProblem(offers, choice)).toBeUndefined();
});
