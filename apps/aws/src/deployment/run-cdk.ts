import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The CDK's own command line, pinned: a newer one does not read what this library writes. */
export function runCdk(words: readonly string[]): Promise<number> {
  const require = createRequire(import.meta.url);
  const program = join(dirname(require.resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const child = spawn(process.execPath, [program, ...words], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Deploys what was synthesised and checked, and nothing that is made anew meanwhile. */
export function deployWords(
  folder: string,
  parameters: readonly (readonly [stackName: string, name: string, value: string])[],
): string[] {
  return [
    ...[
      'deploy',
      '--app',
      folder,
      '--all',
      '--require-approval',
      'never',
      '--no-version-reporting',
    ],
    ...parameters.flatMap(([stackName, name, value]) => [
      '--parameters',
      `${stackName}:${name}=${value}`,
    ]),
  ];
}
