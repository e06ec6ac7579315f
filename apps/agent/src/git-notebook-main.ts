import { runNotebookProgram } from './git/notebook-program.ts';

process.exitCode = await runNotebookProgram(process.argv.slice(2), {
  input: process.stdin,
  output: process.stdout,
});
