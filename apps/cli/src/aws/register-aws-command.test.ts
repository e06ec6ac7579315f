import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { expect, it, onTestFinished } from 'vitest';
import { registerAwsCommand } from './register-aws-command.ts';

it('hands every word on as it is and ends as the AWS program ends', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'strongroom-aws-command-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'program.mjs');
  writeFileSync(
    path,
    `import { writeFileSync } from 'node:fs';
     writeFileSync(${JSON.stringify(join(folder, 'words'))}, JSON.stringify(process.argv.slice(2)));
     process.exitCode = 3;`,
  );
  let status = 0;
  const program = new Command('strongroom');
  registerAwsCommand(program, (finished) => (status = finished), path);
  const words = ['synth', '--file', 'a b.yaml', '--help'];
  await program.parseAsync(['node', 'strongroom', 'aws', ...words]);
  expect(status).toBe(3);
  expect(JSON.parse(readFileSync(join(folder, 'words'), 'utf8'))).toEqual(words);
});
