import { isAbsolute, normalize } from 'node:path';
import type { HostSetup } from '../host-setup.ts';
import { SandboxError } from '../sandbox-error.ts';
import type { SandboxLimits, SandboxSpec } from '../sandbox-spec.ts';

/** Shells redirect single-digit descriptors only, and one more is used to tell that all is ready. */
const maximumDescriptorCount = 6;

const reservedFolders = ['usr', 'bin', 'sbin', 'lib', 'lib32', 'lib64', 'libx32', 'etc', 'proc']
  .concat('sys', 'dev', 'var')
  .map((name) => `/${name}`);

/** Debian's bundle of the authorities that programs trust: the one file of `/etc` that may be replaced. */
const authoritiesPath = '/etc/ssl/certs/ca-certificates.crt';

/** GPUs, and what their driver needs. No disk, no memory, no terminal of the host is ever let in. */
const offeredDevices = /^\/dev\/nvidia(?:\d{1,3}|ctl|-uvm|-uvm-tools)$/;

/**
 * What the caller may never ask for, whoever it asks for.
 *
 * @throws {SandboxError} `InvalidSpec`
 */
export function checkSpec(spec: SandboxSpec, mode: HostSetup['mode']): void {
  refuseUnless(/^[a-z0-9][a-z0-9-]{0,63}$/.test(spec.appId), `app id "${spec.appId}"`);
  refuseUnless(/^[a-z][a-z0-9-]{0,31}$/.test(spec.userName), `user name "${spec.userName}"`);
  refuseUnless(/^\/[^:\n\0]+$/.test(spec.homeFolder), `home folder "${spec.homeFolder}"`);
  refuseUnless(spec.command.length > 0, 'an empty command');
  refuseUnless(
    spec.descriptors.length <= maximumDescriptorCount,
    `${spec.descriptors.length} descriptors (at most ${maximumDescriptorCount})`,
  );
  checkHostUid(spec.hostUid, mode);
  checkLimits(spec.limits);
  for (const mount of spec.mounts) {
    checkPath(mount.source);
    checkPath(mount.target);
    const reserved = reservedFolders.some(
      (folder) => mount.target === folder || mount.target.startsWith(`${folder}/`),
    );
    const isAuthorities = mount.target === authoritiesPath && mount.mode === 'read-only';
    refuseUnless(
      (!reserved || isAuthorities) && mount.target !== '/',
      `a mount at "${mount.target}"`,
    );
  }
  for (const { source, target } of spec.devices ?? []) {
    checkPath(source);
    refuseUnless(offeredDevices.test(target), `the device "${target}"`);
  }
  checkPath(spec.workingDirectory);
  if (spec.root.kind === 'folder') checkPath(spec.root.folder);
  for (const [name, value] of Object.entries(spec.environment)) {
    refuseUnless(/^[^=\0]+$/.test(name) && !value.includes('\0'), `the variable "${name}"`);
  }
  refuseUnless(!spec.command.some((word) => word.includes('\0')), 'NUL in the command');
}

function checkHostUid(hostUid: number | undefined, mode: HostSetup['mode']): void {
  if (mode === 'rootless') {
    refuseUnless(hostUid === undefined, 'a host uid on a rootless host');
    return;
  }
  refuseUnless(Number.isSafeInteger(hostUid) && Number(hostUid) > 0, `host uid ${hostUid}`);
}

function checkLimits(limits: SandboxLimits): void {
  for (const [name, value] of Object.entries(limits)) {
    const allowed = value > 0 && (name.startsWith('cpu') || Number.isSafeInteger(value));
    refuseUnless(allowed && Number.isFinite(value), `${name} ${value}`);
  }
}

function checkPath(path: string): void {
  refuseUnless(
    isAbsolute(path) && !path.includes('\0') && normalize(path) === path,
    `the path "${path}": absolute and without "." and ".." is needed`,
  );
}

function refuseUnless(condition: boolean, what: string): asserts condition {
  if (!condition) throw new SandboxError('InvalidSpec', `Cannot launch a sandbox with ${what}`);
}
