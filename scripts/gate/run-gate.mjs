// @ts-check
import { spawn } from 'node:child_process';
import { reportProgress } from '../bootstrap/report-progress.mjs';
import { repositoryFolder } from '../bootstrap/repository.mjs';

/**
 * Runs each step, shows what the failing ones wrote, and ends with a table.
 *
 * @param {readonly import('./gate-steps.mjs').GateStep[]} steps
 * @returns {Promise<boolean>} whether all passed
 */
export async function runGate(steps) {
  const results = [];
  for (const step of steps) {
    const startedAt = performance.now();
    const { passed, output } = await runStep(step);
    results.push({ step: step.name, passed, seconds: (performance.now() - startedAt) / 1000 });
    if (!passed) console.log(output);
  }
  const width = Math.max(...results.map(({ step }) => step.length));
  console.log(`\n${'step'.padEnd(width)}  result  seconds`);
  for (const { step, passed, seconds } of results) {
    console.log(
      `${step.padEnd(width)}  ${passed ? 'ok    ' : 'FAILED'}  ${seconds.toFixed(1).padStart(7)}`,
    );
  }
  return results.every(({ passed }) => passed);
}

/**
 * @param {import('./gate-steps.mjs').GateStep} step
 * @returns {Promise<{ passed: boolean, output: string }>}
 */
function runStep({ name, program, arguments: programArguments }) {
  const child = spawn(process.execPath, [program, ...programArguments], { cwd: repositoryFolder });
  const progress = reportProgress(name);
  let output = '';
  const keep = (/** @type {Buffer} */ chunk) => {
    output += chunk.toString();
    progress.detail(chunk.toString().trimEnd().split('\n').at(-1) ?? '');
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      progress.end(code === 0);
      resolve({ passed: code === 0, output });
    });
  });
}
