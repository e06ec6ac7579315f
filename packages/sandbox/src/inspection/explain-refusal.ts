import { readFile } from 'node:fs/promises';

const causes = [
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    value: '1',
    remedy:
      'AppArmor keeps programs from making user namespaces: run "sysctl kernel.apparmor_restrict_unprivileged_userns=0", or install an AppArmor profile for bwrap with "userns,"',
  },
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    value: '0',
    remedy: 'Run "sysctl kernel.unprivileged_userns_clone=1"',
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    value: '0',
    remedy: 'Run "sysctl user.max_user_namespaces=15000"',
  },
] as const;

/** Why this host may refuse to build a sandbox, as far as its settings tell. */
export async function remedyForRefusedSandbox(): Promise<string> {
  for (const { file, value, remedy } of causes) {
    const setting = await readFile(file, 'utf8').catch(() => '');
    if (setting.trim() === value) return remedy;
  }
  return 'In a container, allow user namespaces and mounting /proc (for Docker: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined)';
}
