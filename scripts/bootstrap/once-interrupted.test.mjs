import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const module = new URL('./once-interrupted.mjs', import.meta.url).href;

/** A program that tolerates repeated interrupts and then runs `body`; resolves when it is ready. */
async function startProgram(body) {
  const program = `
    const { tolerateRepeatedInterrupt } = await import(${JSON.stringify(module)});
    tolerateRepeatedInterrupt();
    ${body}
    setInterval(() => undefined, 1000);
    console.log('ready');
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program]);
  await once(child.stdout, 'data');
  return child;
}

describe('Ctrl-C', () => {
  it('that arrives twice lets the program end in its own way', async () => {
    const child = await startProgram(`
      process.once('SIGINT', () => {
        console.log('ending');
        process.stdin.once('data', () => process.exit(0));
      });
    `);
    child.kill('SIGINT');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    child.stdin.write('cleaned up');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends a program that has no handler yet', async () => {
    const child = await startProgram('');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([130, null]);
  });
});
