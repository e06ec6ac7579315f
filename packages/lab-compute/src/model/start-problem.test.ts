import { expect, it } from 'vitest';
import { offered } from '../testing/answers.ts';
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
