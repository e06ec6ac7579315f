import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRepositoryBench } from './testing/repository-bench.ts';

type Bench = Awaited<ReturnType<typeof openRepositoryBench>>;
type Studio = Awaited<ReturnType<Bench['openStudio']>>;

const host = 'git-codecommit.ap-northeast-2.amazonaws.com';
const cloneUrl = (name: string) => `https://${host}/v1/repos/${name}`;

describe('Git in a studio', () => {
  let bench: Bench;
  let alice: Studio;
  let bob: Studio;
  beforeAll(async () => {
    bench = await openRepositoryBench();
    [alice, bob] = await Promise.all([bench.openStudio('alice'), bench.openStudio('bob')]);
    await bench.create('alice', { name: 'models' });
  });
  afterAll(() => bench.close());

  const sh = (studio: Studio, script: string, environment: Record<string, string> = {}) =>
    studio.run(['/bin/sh', '-c', `set -e; cd /tmp\n${script}`], {
      ...{ GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: '0' },
      ...environment,
    });

  it('clones and pushes by the address alone: nothing is typed, nothing kept', async () => {
    const url = cloneUrl('models');
    const script = `
git clone -q ${url} work 2>&1; cd work; git checkout -q -b main
echo one >a.txt; git add .; git commit -qm first; git push -q origin main
git clone -q ${url}.git ../again && cat ../again/a.txt
grep -r ASIA /tmp || echo nothing kept`;
    const { output, exitCode } = await sh(alice, script);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/one\nnothing kept$/)]);
    expect(bench.audit.of('repository-pushed')).toMatchObject([
      { profileName: 'alice', target: 'models', from: 'studio', ref: 'refs/heads/main' },
    ]);
    const flows = await bench.flowRecords();
    expect(flows.find(({ name }) => name === host)).toMatchObject({ action: 'ACCEPT' });
  });

  it('is refused by the policies, and told which, and let in by a grant to the team', async () => {
    const url = cloneUrl('models');
    const refused = await sh(bob, `git ls-remote ${url}`);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.errors).toContain('AccessDenied');
    const access = [{ to: { team: 'risk-models' }, permission: 'read' } as const];
    await bench.change('alice', 'models', { access });
    expect((await sh(bob, `git ls-remote ${url}`)).exitCode).toBe(0);
    const push = `git clone -q ${url} work; cd work; git commit -q --allow-empty -m x; git push -q`;
    const readOnly = await sh(bob, push);
    expect(readOnly.errors).toMatch(/AccessDenied|403/);
    expect(readOnly.exitCode).not.toBe(0);
  });

  it("is refused with no credentials, with those of another studio, and with another's signature", async () => {
    const url = cloneUrl('models');
    const filled = await sh(
      alice,
      `printf 'protocol=https\\nhost=${host}\\npath=v1/repos/models\\n\\n' | git credential fill`,
    );
    const [, userName = ''] = /^username=(.*)$/m.exec(filled.output) ?? [];
    const [, password = ''] = /^password=(.*)$/m.exec(filled.output) ?? [];
    expect(password).toMatch(/^\d{8}T\d{6}Z[0-9a-f]{64}$/);
    const target = `${url}/info/refs?service=git-upload-pack`;
    const ask = async (studio: Studio, given: string, address = target) => {
      const curl = `curl -s -o /dev/null -w '%{http_code}' ${given} '${address}'`;
      return (await sh(studio, curl)).output;
    };
    const hers = `-u '${userName}:${password}'`;
    expect(await ask(alice, hers)).toBe('200');
    expect(await ask(alice, '')).toBe('401');
    expect(await ask(bob, hers)).toBe('403');
    expect(await ask(alice, hers, target.replace('models', 'others'))).toBe('401');
    expect(await ask(alice, `-u '${userName}:${password.slice(0, -4)}0000'`)).toBe('401');
    expect(await ask(alice, `-u 'alice:srt_token'`)).toBe('401');
    const later = bench.time;
    later.offsetMilliseconds = 16 * 60_000;
    expect(await ask(alice, hers)).toBe('401');
    later.offsetMilliseconds = 0;
    const rules = bench.audit.of('repository-refused').map(({ rule }) => rule);
    expect(rules).toContain('git-credentials-OtherStudio');
    expect(rules).toContain('git-credentials-SignatureMismatch');
    expect(JSON.stringify(bench.audit.events)).not.toContain(password);
  });

  it('keeps large files in the object store, and gives them to whoever may pull', async () => {
    await bench.create('alice', {
      name: 'large',
      access: [{ to: 'everyone', permission: 'read' }],
    });
    const url = cloneUrl('large');
    const identity = { HOME: '/tmp/home' };
    const script = `
mkdir home; git lfs install >/dev/null; git clone -q ${url} work 2>&1; cd work; git checkout -q -b main
git lfs track '*.bin' >/dev/null; head -c 3000000 /dev/urandom >model.bin
git add .; git commit -qm large; git push -q origin main; sha256sum model.bin`;
    const pushed = await sh(alice, script, identity);
    expect([pushed.exitCode, pushed.errors]).toEqual([0, '']);
    const hash = pushed.output.slice(-75).match(/[0-9a-f]{64}/)?.[0] ?? 'none';
    const pulled = await sh(
      bob,
      `mkdir home; git lfs install >/dev/null; git clone -q ${url} work 2>&1; sha256sum work/model.bin`,
      identity,
    );
    expect(pulled.output).toContain(hash);
    const repository = await bench.repositories.repositories.find('large');
    const { browser } = bench.repositories;
    const file = await browser.file(repository, { path: 'model.bin' });
    expect(file.kind).toBe('lfs');
    const raw = await browser.raw(repository, { path: 'model.bin' });
    expect(raw.sizeBytes).toBe(3_000_000);
    raw.stream.destroy();
  }, 90_000);

  it('takes large files from nobody who may not push, and none of another content', async () => {
    const access = [{ to: 'everyone', permission: 'read' } as const];
    await bench.create('alice', { name: 'refusing', access });
    const url = cloneUrl('refusing');
    const batch = `curl -s -o /dev/null -w '%{http_code}' -u "$(printf 'protocol=https\\nhost=${host}\\npath=v1/repos/refusing\\n\\n' | git credential fill | sed -n 's/^username=//p;s/^password=//p' | paste -sd:)" -X POST -d '{"operation":"upload","objects":[]}' ${url}.git/info/lfs/objects/batch`;
    expect((await sh(bob, batch)).output).toBe('403');
    expect((await sh(alice, batch)).output).toBe('200');
    const put = batch.replace(
      /-X POST.*$/,
      `-T /etc/hostname ${url}.git/info/lfs/objects/${'0'.repeat(64)}`,
    );
    expect((await sh(bob, put)).output).toBe('403');
    expect((await sh(alice, put)).output).toBe('400');
  });
});
