import { expect, test } from 'vitest';
import { OutputGate, outputLimits } from './output-gate.ts';

const mebibyte = 1024 * 1024;

function createGate() {
  let now = 0;
  const gate = new OutputGate(outputLimits, () => now);
  return {
    gate,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

test('a 20 MB print and 5,000 prints at once pass', () => {
  const { gate } = createGate();
  expect(gate.judge(20_000_000)).toBe('pass');
  for (let count = 0; count < 5_000; count += 1) expect(gate.judge(1_200)).toBe('pass');
});

test('a steady stream under the limits passes for ever', () => {
  const { gate, pass } = createGate();
  for (let second = 0; second < 3_600; second += 1) {
    expect(gate.judge(2 * mebibyte)).toBe('pass');
    pass(1_000);
  }
});

test('a flood is dropped with one notice in each window', () => {
  const { gate, pass } = createGate();
  const verdicts: string[] = [];
  for (let tick = 0; tick < 1_000; tick += 1) {
    verdicts.push(gate.judge(mebibyte));
    pass(10);
  }
  const seconds = 10;
  const passed = verdicts.filter((verdict) => verdict === 'pass').length;
  expect(passed).toBeGreaterThanOrEqual(64);
  expect(passed).toBeLessThanOrEqual(64 + seconds * 2);
  expect(verdicts.filter((verdict) => verdict === 'drop-and-tell').length).toBe(4);
});

test('many tiny messages are a flood too', () => {
  const { gate } = createGate();
  const verdicts = Array.from({ length: 30_000 }, () => gate.judge(10));
  expect(verdicts.indexOf('drop-and-tell')).toBe(20_000);
});

test('after a quiet time a burst passes again', () => {
  const { gate, pass } = createGate();
  while (gate.judge(mebibyte) === 'pass') {}
  pass(60_000);
  expect(gate.judge(20_000_000)).toBe('pass');
});
