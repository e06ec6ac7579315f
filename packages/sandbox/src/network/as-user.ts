import { SandboxError } from '../sandbox-error.ts';

/** setpriv's options to become a person's uid for good. */
export function asUser(hostUid: number | undefined): string[] {
  if (hostUid === undefined || hostUid === 0) {
    throw new SandboxError('InvalidSpec', 'Cannot start as root: a host uid above 0 is needed');
  }
  const id = String(hostUid);
  return ['--reuid', id, '--regid', id, '--clear-groups', '--inh-caps=-all', '--no-new-privs'];
}
