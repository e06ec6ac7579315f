import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const fill = (path: string) => `
with open("${path}", "wb", buffering=0) as file:
    for _ in range(16):
        file.write(bytes(1024 * 1024))`;

const attacks: readonly Attack[] = [
  {
    name: 'filling /tmp',
    code: fill('/tmp/x'),
    refusal: 'ENOSPC',
    proof: { without: ['temporary-folder-limit'], outcome: succeeded },
  },
  { name: 'filling /dev/shm', code: fill('/dev/shm/x'), refusal: 'ENOSPC' },
  {
    name: 'opening files without end',
    code: `
held = [open("/dev/null") for _ in range(2000)]`,
    refusal: 'EMFILE',
    proof: { without: ['open-file-limit'], outcome: succeeded },
  },
];

describeAttacks('resources', attacks);

describe('limits of memory and processes', () => {
  let ground: AttackGround;
  let hasCgroups: boolean;
  const mebibyte = 1024 * 1024;
  beforeAll(async () => {
    ground = await openAttackGround();
    hasCgroups = ground.setup.cgroup !== 'none';
  });
  afterAll(() => ground.close());

  const withMemory = (memoryBytes: number) => ({
    limits: { ...ground.specFor('attacker', []).limits, memoryBytes },
  });

  it('ends a process that takes too much memory, and says why', async (context) => {
    context.skip(!hasCgroups, 'no control groups here');
    const eat = 'held = bytearray(b"x") * (512 * 1024 * 1024)';
    const { exit } = await ground.runPython(eat, withMemory(128 * mebibyte));
    expect(exit).toEqual({ exitCode: null, signal: 'SIGKILL', outOfMemory: true });
  });

  it('counts many small processes together', async (context) => {
    context.skip(!hasCgroups, 'no control groups here');
    const eat = `
for _ in range(4):
    if os.fork() == 0:
        held = bytearray(b"x") * (48 * 1024 * 1024)
        time.sleep(600)
_, status = os.wait()
expect(not os.WIFSIGNALED(status), f"one was ended by {os.WTERMSIG(status)}")`;
    const { output } = await ground.runPython(eat, withMemory(96 * mebibyte));
    noteAttack(context.task, { expected: 'one was ended by 9', seen: output });
    expect(output).toBe('one was ended by 9');
  });

  it('counts files that exist only in memory', async (context) => {
    context.skip(!hasCgroups, 'no control groups here');
    const eat = `
file = os.memfd_create("x")
for _ in range(256):
    os.write(file, bytes(1024 * 1024))`;
    const { exit } = await ground.runPython(eat, withMemory(96 * mebibyte));
    expect(exit.outOfMemory).toBe(true);
  });

  it('counts files without content, of which a folder in memory holds any number', async (context) => {
    context.skip(!hasCgroups, 'no control groups here');
    const eat = `
for index in range(2_000_000): os.close(os.open(f"/tmp/{index}", os.O_CREAT | os.O_WRONLY))`;
    const { exit, output } = await ground.runPython(eat, withMemory(64 * mebibyte));
    noteAttack(context.task, { expected: 'SIGKILL or ENOSPC', seen: output });
    expect(output === 'ENOSPC' || exit.outOfMemory).toBe(true);
  });

  it('does not call an ordinary end out of memory', async () => {
    const { exit } = await ground.runPython('os.kill(os.getpid(), 9)');
    expect(exit).toEqual({ exitCode: null, signal: 'SIGKILL', outOfMemory: false });
  });

  it('stops a fork bomb at the limit, and the sandbox goes on', async ({ task }) => {
    const bomb = `
children = []
try:
    while True:
        child = os.fork()
        if child == 0:
            time.sleep(600)
        children.append(child)
except OSError as error:
    refusal = error
expect(len(children) >= 64, f"stopped before 64: {errno.errorcode[refusal.errno]}")`;
    const { output } = await ground.runPython(bomb);
    noteAttack(task, { expected: 'stopped before 64: EAGAIN', seen: output });
    expect(output).toBe('stopped before 64: EAGAIN');
  });

  it('stops threads at the same limit', async ({ task }) => {
    const bomb = `
import threading
started = 0
try:
    for _ in range(200):
        threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
        started += 1
except RuntimeError:
    print("stopped" if started < 64 else "not stopped", flush=True)
    os._exit(0)`;
    const { output } = await ground.runPython(bomb);
    noteAttack(task, { expected: 'stopped', seen: output });
    expect(output).toBe('stopped');
  });

  it('notices a fork bomb that nothing stops', async () => {
    const weakened = await openAttackGround(['control-group']);
    try {
      const bomb = `
for _ in range(100):
    if os.fork() == 0:
        time.sleep(600)`;
      expect((await weakened.runPython(bomb)).output).toBe(succeeded);
    } finally {
      await weakened.close();
    }
  });

  it('does not let output that nobody reads fill the memory of the reader', async () => {
    const flood = ['/bin/sh', '-c', 'head -c 64M /dev/zero; echo unreachable >&2'];
    const sandbox = await ground.host.launch(ground.specFor('attacker', flood));
    const stillWriting = await Promise.race([
      sandbox.exited.then(() => false),
      new Promise<boolean>((resolve) => {
        sandbox.stdout.once('readable', () => resolve(true));
      }),
    ]);
    expect(stillWriting).toBe(true);
    expect(sandbox.stdout.readableLength).toBeLessThan(mebibyte);
    await sandbox.stop({ graceMilliseconds: 0 });
    expect(await text(sandbox.stderr)).toBe('');
  });
});
