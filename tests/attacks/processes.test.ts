import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const writeToProcessOne = `
with open("/proc/1/mem", "r+b", buffering=0) as memory:
    first = open("/proc/1/maps").readline()
    memory.seek(int(first.split("-")[0], 16))
    memory.write(memory.read(1))`;

const attacks: readonly Attack[] = [
  {
    name: 'putting code into process 1, which runs without the filter',
    code: 'open("/proc/1/mem", "r+b", buffering=0)',
    refusal: 'ENOENT',
    proof: { without: ['process-one-mask'], outcome: succeeded },
  },
  {
    name: 'the environment of what launched the sandbox',
    code: 'open("/proc/1/environ")',
    refusal: 'EACCES',
  },
  {
    name: 'the command line of what launched the sandbox',
    code: 'expect(open("/proc/1/cmdline").read() != "studio\\0", "a name only")',
    refusal: 'a name only',
  },
  { name: 'the files that process 1 holds', code: 'os.stat("/proc/1/fd/0")', refusal: 'ENOENT' },
  {
    name: 'the host’s root through process 1',
    code: 'open("/proc/1/root/etc/shadow")',
    refusal: 'ENOENT',
  },
  {
    name: 'process 1 through one of its threads',
    code: 'open("/proc/1/task/1/mem", "r+b", buffering=0)',
    refusal: 'ENOENT',
  },
  {
    name: 'process 1 through a descriptor of it',
    code: 'call("process_madvise", call("pidfd_open", 1, 0), 0, 0, 0, 0)',
    refusal: 'EPERM',
  },
  {
    name: 'ending process 1',
    code: 'os.kill(1, 9); raise OSError(0, "it lives")',
    refusal: '[Errno 0] it lives',
  },
  {
    name: 'protecting itself from the kernel’s out-of-memory choice',
    code: 'write("/proc/self/oom_score_adj", "-1000")',
    refusal: 'EACCES',
  },
  {
    name: 'raising its own limit of open files',
    code: `
if libc.setrlimit(resource.RLIMIT_NOFILE, struct.pack("QQ", 100_000, 100_000)) != 0:
    raise OSError(ctypes.get_errno(), "setrlimit")`,
    refusal: 'EPERM',
  },
  {
    name: 'running before everyone else',
    code: 'os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(50))',
    refusal: 'EPERM',
  },
  {
    name: 'tracing a process of its own by attaching',
    code: 'call("ptrace", 16, os.getppid(), 0, 0)',
    refusal: 'EPERM',
  },
];

describeAttacks('processes', attacks);

describe('processes of the host and of others', () => {
  let ground: AttackGround;
  beforeAll(async () => {
    ground = await openAttackGround();
  });
  afterAll(() => ground.close());

  it('refuses a signal to a process of the host', async ({ task }) => {
    const { output } = await ground.runPython(`os.kill(${process.pid + 100_000}, 0)`);
    const toUs = await ground.runPython(`
expect(${process.pid} > 4096 or not os.path.exists("/proc/${process.pid}"), "another's")
os.kill(${process.pid}, 0)`);
    noteAttack(task, { expected: 'ESRCH', seen: output });
    expect(output).toBe('ESRCH');
    expect(toUs.output).toBe('ESRCH');
  });

  it.for([
    ['ptrace', 'call("ptrace", 16, PID, 0, 0)'],
    [
      'process_vm_readv',
      `
buffer = ctypes.create_string_buffer(8)
local = (ctypes.c_long * 2)(ctypes.addressof(buffer), 8)
remote = (ctypes.c_long * 2)(0x1000, 8)
call("process_vm_readv", PID, ctypes.addressof(local), 1, ctypes.addressof(remote), 1, 0)`,
    ],
    ['a descriptor of the process', 'call("pidfd_open", PID, 0)'],
  ])(
    'refuses another person’s process to %s, and it is not even there',
    async ([name = '', code = ''], { task }) => {
      const waiting = 'print("ready")\nimport time\ntime.sleep(600)';
      const running = ['/usr/bin/python3', '-uc', waiting, 'victim-of-tracing'];
      const victim = await ground.host.launch(ground.specFor('victim', running));
      await new Promise((resolve) => victim.stdout.once('data', resolve));
      const attack = code.replace('PID', String(findOnHost('victim-of-tracing')));
      const seen = (await ground.runPython(attack)).output;
      const weakened = await openAttackGround(['seccomp']);
      const without = (await weakened.runPython(attack)).output;
      await weakened.close();
      await victim.stop({ graceMilliseconds: 0 });
      noteAttack(task, { expected: 'EPERM or ESRCH', seen });
      expect(seen).toBe(name.startsWith('a descriptor') ? 'ESRCH' : 'EPERM');
      // Without the filter the namespace refuses it.
      expect(without).toBe('ESRCH');
    },
  );

  it('shows nobody else’s processes', async ({ task }) => {
    const marker = 'the-victims-argument';
    const victim = await ground.host.launch(
      ground.specFor('victim', [
        '/bin/sh',
        '-c',
        'echo ready; sleep 600',
        marker.replaceAll('-', '+'),
      ]),
    );
    await new Promise((resolve) => victim.stdout.once('data', resolve));
    const { output } = await ground.runPython(`
parts = "${marker}".split("-")
seen = [open(f"/proc/{p}/cmdline").read() for p in os.listdir("/proc") if p.isdigit()]
expect(any("+".join(parts) in words for words in seen), "not seen")`);
    await victim.stop({ graceMilliseconds: 0 });
    noteAttack(task, { expected: 'not seen', seen: output });
    expect(output).toBe('not seen');
  });

  it('shares no System V memory with another person', async ({ task }) => {
    const make = 'import ctypes; print(ctypes.CDLL(None).shmget(4242, 4096, 0o1666))';
    const victim = await ground.host.launch(
      ground.specFor('victim', [
        '/usr/bin/python3',
        '-uc',
        `${make}\nimport time\ntime.sleep(600)`,
      ]),
    );
    await new Promise((resolve) => victim.stdout.once('data', resolve));
    const { output } = await ground.runPython(`
if libc.shmget(4242, 4096, 0o666) == -1:
    raise OSError(ctypes.get_errno(), "shmget")`);
    await victim.stop({ graceMilliseconds: 0 });
    noteAttack(task, { expected: 'ENOENT', seen: output });
    expect(output).toBe('ENOENT');
  });

  it('gives the command the environment it was given and no other', async () => {
    const sandbox = await ground.host.launch(
      ground.specFor('attacker', [
        '/usr/bin/python3',
        '-c',
        'import os; print(sorted(os.environ))',
      ]),
    );
    const output = await text(sandbox.stdout);
    await sandbox.exited;
    expect(output.trim()).toBe("['HOME', 'LANG', 'PATH', 'PWD']");
  });
});

/** The host's number of the Python that has this argument. */
function findOnHost(argument: string): number {
  const found = readdirSync('/proc').find((pid) => {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      return words[0] === '/usr/bin/python3' && words.includes(argument);
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error('There is no such process');
  return Number(found);
}

describe('process 1, were it not covered', () => {
  it('notices that its memory can then be written', async () => {
    const ground = await openAttackGround(['process-one-mask']);
    try {
      expect((await ground.runPython(writeToProcessOne)).output).toBe(succeeded);
    } finally {
      await ground.close();
    }
  });
});
