import { describe, expect, it } from 'vitest';
import { offered } from '../testing/answers.ts';
import { largerType, settle } from './choice.ts';

const byDefault = { kernelName: 'python3', instanceType: 'ml.t3.medium' };

describe('a choice', () => {
  it('is what is wanted where that is offered', () => {
    const wanted = { kernelName: 'r-base__ir', instanceType: 'ml.m5.large' };
    expect(settle(offered, wanted)).toEqual(wanted);
  });

  it.each([
    [{}],
    [{ kernelName: 'gone', instanceType: 'ml.gone.large' }],
    // No GPU is there.
    [{ instanceType: 'ml.g4dn.xlarge' }],
  ])('is the default where %j is not', (wanted) => {
    expect(settle(offered, wanted)).toEqual(byDefault);
  });

  it('is none where no image can be used', () => {
    const images = offered.images.map((image) => ({ ...image, state: 'failed' as const }));
    expect(settle({ ...offered, images }, {})).toBeNull();
  });
});

describe('a larger type', () => {
  it('is the next with more memory that is there', () => {
    expect(largerType(offered.instanceTypes, 'ml.t3.medium')?.instanceType).toBe('ml.m5.large');
  });

  it('is none above the largest, and of a type that nobody knows', () => {
    expect(largerType(offered.instanceTypes, 'ml.m5.large')).toBeNull();
    expect(largerType(offered.instanceTypes, 'ml.gone.large')).toBeNull();
  });
});
