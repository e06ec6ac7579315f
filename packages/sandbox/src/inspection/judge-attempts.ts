import { type ControlState, enforced, partial, unenforced, untried } from './controls.ts';
import { probeLimits } from './probe-sandboxes.ts';

export interface AttemptEvidence {
  readonly mode: 'root' | 'rootless';
  /** What the probe said, by name; nothing where it did not come to its end. */
  readonly said: ReadonlyMap<string, string>;
  /** `/proc/self/ns/<name>` of this process, by name. */
  readonly hostNamespaces: ReadonlyMap<string, string>;
}

const reportIt = 'Do not run people’s code on this host, and report it with the kernel version';

/** Pure: what the probe's words mean, control by control. */
export function judgeAttempts(evidence: AttemptEvidence): ControlState[] {
  const { said } = evidence;
  const is = (name: string, value: string) => said.get(name) === value;
  const isApart = (name: string) => {
    const inside = said.get(`namespace-${name}`);
    return inside !== undefined && inside !== '' && inside !== evidence.hostNamespaces.get(name);
  };
  const check = (
    control: ControlState['control'],
    holds: boolean,
    texts: { holds: string; fails: string; remedy?: string },
  ) => {
    if (said.size === 0) return untried(control);
    return holds
      ? enforced(control, texts.holds)
      : unenforced(control, texts.fails, texts.remedy ?? reportIt);
  };

  return [
    judgeUserSeparation(evidence),
    check('user-namespace', isApart('user') && is('makes-user-namespace', 'no'), {
      holds: 'The sandbox has a user namespace of its own and cannot make another',
      fails: 'The sandbox shares the host’s user namespace or can make another',
    }),
    check('pid-namespace', isApart('pid') && Number(said.get('processes')) < 10, {
      holds: 'The sandbox sees only its own processes',
      fails: 'The sandbox sees processes of the host',
    }),
    check('ipc-namespace', isApart('ipc') && isApart('uts'), {
      holds: 'Shared memory, message queues and the host name are the sandbox’s own',
      fails: 'The sandbox shares memory segments or the host name with the host',
    }),
    check('network-namespace', isApart('net') && is('network-devices', '1'), {
      holds: 'The sandbox has a loopback device and no other, and every address leads to it',
      fails: 'The sandbox has a network device other than loopback',
    }),
    check('seccomp', is('seccomp-mode', '2') && is('turns-off-randomisation', 'no'), {
      holds: 'System calls outside the list are refused',
      fails: 'A system call outside the list was answered',
      remedy: 'Use a kernel with CONFIG_SECCOMP_FILTER',
    }),
    check('no-new-privileges', is('no-new-privileges', '1'), {
      holds: 'No program can gain privileges, set-uid programs included',
      fails: 'Programs in the sandbox could gain privileges',
    }),
    check('no-capabilities', /^0+$/.test(said.get('capabilities') ?? ''), {
      holds: 'The sandbox holds no capability, not even in its own namespaces',
      fails: 'The sandbox holds capabilities',
    }),
    check(
      'read-only-root',
      ['root', 'usr', 'etc'].every((name) => is(`writes-${name}`, 'no')),
      {
        holds: 'Writing to /, /usr and /etc was refused',
        fails: 'A file outside the home and /tmp could be written',
      },
    ),
    check('private-proc', is('reads-process-one', 'no'), {
      holds: 'The process that leads the sandbox cannot be read or changed from inside',
      fails: 'The process that leads the sandbox could be read from inside',
    }),
    check('open-file-limit', is('open-files', String(probeLimits.openFileCount)), {
      holds: 'The number of open files is limited for each process',
      fails: 'The limit of open files was not taken over',
      remedy: 'Raise this process’s own hard limit (ulimit -Hn) to at least the wanted number',
    }),
    check('temporary-folder-limit', is('overfills-tmp', 'no') && is('overfills-shm', 'no'), {
      holds: '/tmp and /dev/shm are private and stop at their size',
      fails: '/tmp or /dev/shm grew beyond its size',
    }),
  ];
}

function judgeUserSeparation({ mode, said }: AttemptEvidence): ControlState {
  if (mode === 'rootless') {
    return partial(
      'user-separation',
      'Everyone’s processes run under the operator’s own user; namespaces alone keep people apart',
      'Start Strongroom as root, which gives each person a user of the host of their own',
    );
  }
  if (said.size === 0) return untried('user-separation');
  if (said.get('reads-secret') === 'no') {
    return enforced(
      'user-separation',
      'Each person’s processes run under a user of the host of their own',
    );
  }
  return unenforced('user-separation', 'A sandbox read a file that only root may read', reportIt);
}
