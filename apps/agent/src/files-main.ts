import { Socket } from 'node:net';
import { runFilesProgram } from './files/files-program.ts';

const parameters = process.argv.slice(2);
/** Where the content of a new file comes from; nothing is there for what only reads. */
const contentDescriptor = 3;
const input =
  parameters[0] === 'write' ? new Socket({ fd: contentDescriptor, readable: true }) : undefined;

process.exitCode = await runFilesProgram(
  process.env.HOME ?? '/',
  parameters,
  process.stdout,
  input,
);
input?.destroy();
