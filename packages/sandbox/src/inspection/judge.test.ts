import { describe, expect, it } from 'vitest';
import { controlNames } from './controls.ts';
import { judgeAttempts } from './judge-attempts.ts';
import { judgeLimits } from './judge-limits.ts';

const hostNamespaces = new Map(
  ['user', 'pid', 'ipc', 'uts', 'net'].map((name) => [name, `${name}:[1]`]),
);

const allRefused = new Map([
  ...['user', 'pid', 'ipc', 'uts', 'net'].map(
    (name) => [`namespace-${name}`, `${name}:[2]`] as const,
  ),
  ['capabilities', '0000000000000000'],
  ['no-new-privileges', '1'],
  ['seccomp-mode', '2'],
  ['network-devices', '1'],
  ['processes', '4'],
  ['open-files', '256'],
  ['reads-secret', 'no'],
  ['makes-user-namespace', 'no'],
  ['turns-off-randomisation', 'no'],
  ['reads-process-one', 'no'],
  ['writes-root', 'no'],
  ['writes-usr', 'no'],
  ['writes-etc', 'no'],
  ['overfills-tmp', 'no'],
  ['overfills-shm', 'no'],
]);

function judge(changes: Readonly<Record<string, string>>, mode: 'root' | 'rootless' = 'root') {
  const said = new Map([...allRefused, ...Object.entries(changes)]);
  const states = judgeAttempts({ mode, said, hostNamespaces });
  return new Map(states.map(({ control, state }) => [control, state]));
}

describe('what the attempts of a probe mean', () => {
  it('is that everything is enforced where everything was refused', () => {
    expect(new Set(judge({}).values())).toEqual(new Set(['enforced']));
  });

  it.each([
    ['user-separation', { 'reads-secret': 'yes' }],
    ['user-namespace', { 'makes-user-namespace': 'yes' }],
    ['pid-namespace', { 'namespace-pid': 'pid:[1]' }],
    ['pid-namespace', { processes: '230' }],
    ['ipc-namespace', { 'namespace-ipc': 'ipc:[1]' }],
    ['network-namespace', { 'network-devices': '2' }],
    ['seccomp', { 'seccomp-mode': '0' }],
    ['seccomp', { 'turns-off-randomisation': 'yes' }],
    ['no-new-privileges', { 'no-new-privileges': '0' }],
    ['no-capabilities', { capabilities: '000001ffffffffff' }],
    ['read-only-root', { 'writes-etc': 'yes' }],
    ['private-proc', { 'reads-process-one': 'yes' }],
    ['open-file-limit', { 'open-files': '1048576' }],
    ['temporary-folder-limit', { 'overfills-shm': 'yes' }],
  ] as const)('is that %s is not enforced where %j', (control, changes) => {
    const states = judge(changes);
    expect(states.get(control)).toBe('unenforced');
    expect([...states.values()].filter((state) => state !== 'enforced')).toHaveLength(1);
  });

  it('is that nothing is enforced where the probe said nothing', () => {
    const states = judgeAttempts({ mode: 'root', said: new Map(), hostNamespaces });
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['unenforced']));
  });

  it('is that people are only partly separated without root', () => {
    expect(judge({}, 'rootless').get('user-separation')).toBe('partial');
  });

  it('names every control exactly once, each with a remedy unless it is enforced', () => {
    const cgroupSetup = { version: 'none', reason: 'nothing is delegated' } as const;
    const states = [
      ...judgeAttempts({ mode: 'rootless', said: new Map(), hostNamespaces }),
      ...judgeLimits({
        ...{ cgroupSetup, memory: 'stopped', cpu: 'unlimited', processes: 'stopped' },
      }),
    ];
    // Homes have a probe of their own, which judges what it tries.
    const judged = controlNames.filter((name) => !name.startsWith('home-')).sort();
    expect(states.map(({ control }) => control).sort()).toEqual(judged);
    for (const { state, remedy } of states) expect(remedy === null).toBe(state === 'enforced');
  });
});

describe('what the tried limits mean', () => {
  const cgroupSetup = { version: 'v2', folder: '/sys/fs/cgroup' } as const;

  it('is that a limit that did not hold is not enforced, control groups or not', () => {
    const states = judgeLimits({
      ...{ cgroupSetup, memory: 'exceeded', cpu: 'unlimited', processes: 'exceeded' },
    });
    expect(states.map(({ state }) => state)).toEqual(['unenforced', 'unenforced', 'unenforced']);
  });

  it('is that a processor limit that a busy machine never reaches is enforced', () => {
    const states = judgeLimits({
      ...{ cgroupSetup, memory: 'stopped', cpu: 'undecided', processes: 'stopped' },
    });
    expect(states.map(({ state }) => state)).toEqual(['enforced', 'enforced', 'enforced']);
  });

  it('is that a limit that was not shown to hold is not enforced, control groups or not', () => {
    const without = { version: 'none', reason: 'nothing is delegated' } as const;
    for (const setup of [cgroupSetup, without]) {
      const states = judgeLimits({
        ...{ cgroupSetup: setup, memory: 'undecided', cpu: 'unlimited', processes: 'undecided' },
      });
      expect(states.map(({ state }) => state)).toEqual(['unenforced', 'unenforced', 'unenforced']);
    }
  });

  it('is that memory limited for each process alone is partly enforced', () => {
    const states = judgeLimits({
      cgroupSetup: { version: 'none', reason: 'nothing is delegated' },
      ...{ memory: 'stopped', cpu: 'unlimited', processes: 'stopped' },
    });
    expect(states.map(({ state }) => state)).toEqual(['partial', 'unenforced', 'enforced']);
  });
});
