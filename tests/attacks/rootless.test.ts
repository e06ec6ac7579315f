import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { noteAttack } from './describe-attacks.ts';

const run = promisify(execFile);
const hostUid = 65_507;
const repository = join(import.meta.dirname, '..', '..');
const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
/** What holds as root has to hold without: the same tests, as somebody with no rights. */
const files = [
  'packages/sandbox/src/network/listen-inside.test.ts',
  'apps/control-plane/src/network/egress-in-studio.test.ts',
];

describe('the network of studios, for an operator who is not root', () => {
  it.runIf(process.geteuid?.() === 0)('is the same', async ({ task, skip }) => {
    const asNobody = ['--reuid', `${hostUid}`, '--regid', `${hostUid}`, '--clear-groups'];
    const command = [...asNobody, '--inh-caps=-all', '--', process.execPath];
    const reads = run('setpriv', [...command, '--check', vitest]).then(
      () => true,
      () => false,
    );
    if (!(await reads)) skip('this folder is closed to other users');
    const folder = await mkdtemp(join(tmpdir(), 'strongroom-rootless-'));
    await chown(folder, hostUid, hostUid);
    const report = join(folder, 'report.json');
    try {
      await run(
        'setpriv',
        [
          ...[...command, vitest, 'run', '--project', 'unit', '--no-cache'],
          // Its compiled form would be written beside the configuration.
          ...['--configLoader', 'runner', '--reporter=json', `--outputFile=${report}`, ...files],
        ],
        { cwd: repository, env: { PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder } },
      ).catch(() => undefined);
      const { numPassedTests, numTotalTests } = JSON.parse(await readFile(report, 'utf8'));
      const seen = `${numPassedTests} of ${numTotalTests} passed`;
      noteAttack(task, { expected: `${numTotalTests} of ${numTotalTests} passed`, seen });
      expect(numTotalTests).toBeGreaterThan(10);
      expect(numPassedTests).toBe(numTotalTests);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
