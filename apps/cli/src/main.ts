import { createProgram } from './program.ts';

try {
  process.exitCode = await createProgram({
    print: (line) => process.stdout.write(`${line}\n`),
    hasColors: process.stdout.isTTY && process.env.NO_COLOR === undefined,
  }).run(process.argv);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
