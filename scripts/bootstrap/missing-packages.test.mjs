import { describe, expect, it } from 'vitest';
import { findMissingPackages, installedNames, isOnPath } from './missing-packages.mjs';

describe('the search for missing packages', () => {
  it('counts a package as there only when dpkg says it is installed', () => {
    const names = installedNames(
      'git installed\nlibc6:amd64 installed\ng++ config-files\nmake not-installed\n',
    );
    expect([...names]).toEqual(['git', 'libc6']);
  });

  it('names what this host does not have and leaves out what it has', () => {
    const absent = { name: 'strongroom-no-such-package', purpose: 'nothing', program: 'no-such' };
    const present = { name: 'bash', purpose: 'a shell', program: 'bash' };
    expect(findMissingPackages([absent, present])).toEqual([absent]);
  });

  it('finds programs on the path', () => {
    expect(isOnPath('sh')).toBe(true);
    expect(isOnPath('strongroom-no-such-program')).toBe(false);
  });
});
