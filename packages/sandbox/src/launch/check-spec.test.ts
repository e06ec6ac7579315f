import { describe, expect, it } from 'vitest';
import type { SandboxSpec } from '../sandbox-spec.ts';
import { checkSpec } from './check-spec.ts';

const good: SandboxSpec = {
  appId: 'a1',
  label: 'test',
  hostUid: 70_001,
  root: { kind: 'host' },
  command: ['/bin/true'],
  workingDirectory: '/home/alice',
  environment: { PATH: '/usr/bin' },
  userName: 'alice',
  homeFolder: '/home/alice',
  mounts: [{ source: '/srv/homes/alice', target: '/home/alice', mode: 'read-write' }],
  network: 'isolated',
  limits: {
    memoryBytes: 1_000_000,
    cpuCount: 0.5,
    processCount: 10,
    openFileCount: 10,
    temporaryFolderBytes: 1_000_000,
    sharedMemoryBytes: 1_000_000,
  },
  descriptors: [],
};

const mount = (target: string, source = '/srv/x'): Partial<SandboxSpec> => ({
  mounts: [{ source, target, mode: 'read-write' }],
});

describe('a sandbox specification', () => {
  it('passes where everything is in order', () => {
    expect(() => checkSpec(good, 'root')).not.toThrow();
    expect(() => checkSpec({ ...good, hostUid: undefined }, 'rootless')).not.toThrow();
  });

  it.each<[string, Partial<SandboxSpec>]>([
    ['the host’s root as the person', { hostUid: 0 }],
    ['no uid as root', { hostUid: undefined }],
    ['an app id that leaves its folder', { appId: '../other' }],
    ['a user name that adds a line to passwd', { userName: 'x\nroot' }],
    ['a home with a colon', { homeFolder: '/home/a:b' }],
    ['no command', { command: [] }],
    ['NUL in the command', { command: ['/bin/echo', 'a\0b'] }],
    ['NUL in the environment', { environment: { A: '\0--bind' } }],
    ['a variable with an equals sign in its name', { environment: { 'A=B': 'c' } }],
    ['a mount over the root', mount('/')],
    ['a mount over the configuration', mount('/etc/passwd')],
    ['authorities that the sandbox could change', mount('/etc/ssl/certs/ca-certificates.crt')],
    ['a mount over the programs', mount('/usr/bin')],
    ['a mount into /proc', mount('/proc/sys')],
    ['a mount that climbs', mount('/opt/../etc')],
    ['a source that climbs', mount('/opt/x', '/srv/../etc')],
    ['a relative source', mount('/opt/x', 'srv')],
    ['a disk', { devices: [{ source: '/dev/sda', target: '/dev/sda' }] }],
    [
      'a device that climbs',
      { devices: [{ source: '/dev/null', target: '/dev/nvidia0/../kmsg' }] },
    ],
    ['no memory', { limits: { ...good.limits, memoryBytes: 0 } }],
    ['endless memory', { limits: { ...good.limits, memoryBytes: Number.POSITIVE_INFINITY } }],
    ['too many descriptors', { descriptors: Array.from({ length: 7 }, () => 'duplex' as const) }],
  ])('is refused with %s', (_, changes) => {
    expect(() => checkSpec({ ...good, ...changes }, 'root')).toThrowError(
      expect.objectContaining({ code: 'InvalidSpec' }),
    );
  });

  it('is refused with a host uid where nobody can be changed to', () => {
    expect(() => checkSpec(good, 'rootless')).toThrowError(
      expect.objectContaining({ code: 'InvalidSpec' }),
    );
  });
});
