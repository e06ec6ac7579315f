import { expect, test } from 'vitest';
import { displayLimits, OutputGate, streamLimits } from './output-gate.ts';

const mebibyte = 1024 * 1024;

function createGate(limits = streamLimits) {
  let now = 0;
  const gate = new OutputGate(limits, () => now);
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

test('a log that a person could read, and an animation, pass for ever', () => {
  const log = createGate();
  const animation = createGate(displayLimits);
  for (let second = 0; second < 10_000; second += 1) {
    expect(log.gate.judge(200_000)).toBe('pass');
    expect(animation.gate.judge(4 * mebibyte)).toBe('pass');
    log.pass(1_000);
    animation.pass(1_000);
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
  expect(passed).toBeGreaterThanOrEqual(32);
  expect(passed).toBeLessThanOrEqual(32 + seconds / 4);
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
  pass(120_000);
  expect(gate.judge(20_000_000)).toBe('pass');
});
