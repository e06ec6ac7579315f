import { expect, it } from 'vitest';
import { parseChoice } from './remembered-choice.ts';

it('what a person chose last is read from their settings', () => {
  const choice = {
    ...{ kernelName: 'python3', instanceType: 'ml.t3.medium' },
    imageDisplayName: 'Data Science',
  };
  expect(parseChoice(choice)).toEqual(choice);
});

it.each([[undefined], [null], ['python3'], [{ kernelName: 5, instanceType: '' }]])(
  '%j is no choice',
  (value) => {
    expect(parseChoice(value)).toEqual({});
  },
);
