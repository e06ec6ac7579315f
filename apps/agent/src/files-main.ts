import { runFilesProgram } from './files/files-program.ts';

process.exitCode = await runFilesProgram(
  process.env.HOME ?? '/',
  process.argv.slice(2),
  process.stdout,
);
