import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const unprivilegedUser = 65_534;

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strongroom-test-'));
  chmodSync(folder, 0o777);
  writeProgram('dpkg-query', 'exit 1');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A stand-in for a program, the only one of its name on the path. */
function writeProgram(name, body) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

const record = `echo "$(basename "$0") $*" >> "$(dirname "$0")/calls"`;

/** Installs one package in a process of its own, without a terminal. */
function install({ assumeYes, asRoot, path = `${folder}:/usr/bin:/bin` }) {
  const program = `
    const { installDebianPackages } = await import(${JSON.stringify(
      new URL('./install-debian-packages.mjs', import.meta.url).href,
    )});
    process.getuid = () => ${asRoot ? 0 : unprivilegedUser};
    const wanted = [{ name: 'bubblewrap', purpose: 'builds the sandbox' }];
    await installDebianPackages(wanted, { assumeYes: ${assumeYes} })
      .catch((error) => { console.log(error.code + ': ' + error.message); process.exitCode = 1; });
  `;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', program],
    { encoding: 'utf8', env: { PATH: path } },
  );
  const calls = join(folder, 'calls');
  return { status, output: stdout + stderr, calls: existsSync(calls) ? readCalls(calls) : [] };
}

function readCalls(path) {
  return readFileSync(path, 'utf8').trim().split('\n');
}

describe('missing Debian packages', () => {
  it('are told with what each is for', () => {
    writeProgram('apt-get', record);
    const { output } = install({ assumeYes: false, asRoot: true });
    expect(output).toContain('bubblewrap  builds the sandbox');
  });

  it('are installed at once as root', () => {
    writeProgram('apt-get', record);
    const { status, calls } = install({ assumeYes: false, asRoot: true });
    expect(status).toBe(0);
    expect(calls).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends bubblewrap',
    ]);
  });

  it('are not installed by somebody else without a terminal to ask on', () => {
    writeProgram('apt-get', record);
    writeProgram('sudo', record);
    const { status, output, calls } = install({ assumeYes: false, asRoot: false });
    expect(status).toBe(1);
    expect(output).toContain('PackagesRefused');
    expect(output).toContain('npm start -- --yes');
    expect(calls).toEqual([]);
  });

  it('are installed by sudo, which must not ask, where --yes allows it', () => {
    writeProgram('apt-get', record);
    writeProgram('sudo', record);
    const { status, calls } = install({ assumeYes: true, asRoot: false });
    expect(status).toBe(0);
    expect(calls[1]).toBe(
      'sudo --non-interactive DEBIAN_FRONTEND=noninteractive ' +
        'apt-get install -y --no-install-recommends bubblewrap',
    );
  });

  it('are left to the person where the system has no apt-get', () => {
    const { status, output } = install({ assumeYes: true, asRoot: true, path: folder });
    expect(status).toBe(1);
    expect(output).toContain('PackageManagerMissing');
    expect(output).toContain('bubblewrap');
  });

  it('end the set-up with what apt-get said where it fails', () => {
    writeProgram('apt-get', 'echo "E: Unable to locate package bubblewrap"; exit 100');
    const { status, output } = install({ assumeYes: false, asRoot: true });
    expect(status).toBe(1);
    expect(output).toContain('StepFailed');
    expect(output).toContain('Unable to locate package bubblewrap');
  });
});
