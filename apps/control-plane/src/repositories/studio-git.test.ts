import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRepositoryBench } from './testing/repository-bench.ts';

const cloneUrl = (name: string) =>
  `https://git-codecommit.ap-northeast-2.amazonaws.com/v1/repos/${name}`;

describe('Git in a studio', () => {
  let bench: Awaited<ReturnType<typeof openRepositoryBench>>;
  let alice: Awaited<ReturnType<typeof bench.openStudio>>;
  let bob: typeof alice;
  beforeAll(async () => {
    bench = await openRepositoryBench();
    alice = await bench.openStudio('alice');
    bob = await bench.openStudio('bob');
    await bench.create('alice', { name: 'models' });
  });
  afterAll(() => bench.close());

  const sh = (studio: typeof alice, script: string, environment: Record<string, string> = {}) =>
    studio.run(['/bin/sh', '-c', script], { GIT_TERMINAL_PROMPT: '0', ...environment });

  it('clones and pushes by the address alone: nothing is typed', async () => {
    const url = cloneUrl('models');
    const script = `
set -e; cd /tmp; git clone ${url} work 2>&1; cd work; git checkout -q -b main
echo one >a.txt; git add .; git commit -qm first; git push origin main 2>&1
git clone -q ${url} ../again && cat ../again/a.txt; git config --list --show-origin | grep -c credential`;
    const { output, errors, exitCode } = await sh(alice, script);
    console.log(output, errors);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/one/)]);
    expect(bench.audit.of('repository-pushed')).toMatchObject([
      { profileName: 'alice', target: 'models', from: 'studio', ref: 'refs/heads/main' },
    ]);
    const refused = await sh(bob, `git ls-remote ${url}`);
    console.log(refused);
    expect(refused.exitCode).not.toBe(0);
  });
});
