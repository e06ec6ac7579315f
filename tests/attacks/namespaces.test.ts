import { readlinkSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const hostIpc = readlinkSync('/proc/self/ns/ipc');

const attacks: readonly Attack[] = [
  {
    name: 'holding capabilities',
    code: `
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
expect(int(status["CapEff"], 16) or int(status["CapPrm"], 16), "holds none")`,
    refusal: 'holds none',
    proof: { without: ['capabilities'], outcome: succeeded },
  },
  {
    name: 'gaining rights by running a program (no_new_privs)',
    code: `
status = dict(line.split(":\\t", 1) for line in open("/proc/self/status") if ":\\t" in line)
expect(status["NoNewPrivs"].strip() == "0", "never gains any")`,
    refusal: 'never gains any',
  },
  {
    name: 'the System V and POSIX messages of the host',
    code: `expect(os.readlink("/proc/self/ns/ipc") == "${hostIpc}", "a space of its own")`,
    refusal: 'a space of its own',
    proof: { without: ['ipc-namespace'], outcome: succeeded },
  },
  {
    name: 'the name of the host',
    code: `expect(socket.gethostname() == ${JSON.stringify(hostname())}, "another name")`,
    refusal: 'another name',
    proof: { without: ['host-name-namespace'], outcome: succeeded },
  },
  {
    name: 'the session, and with it the terminal, of what launched it',
    // A session whose leader is outside has no number inside.
    code: 'expect(os.getsid(0) == 0, "a session of its own")',
    refusal: 'a session of its own',
    proof: { without: ['new-session'], outcome: succeeded },
  },
  {
    name: 'more shared memory than it is given',
    code: `
with open("/dev/shm/fill", "wb") as file:
    for _ in range(8): file.write(bytes(1024 * 1024)); file.flush()`,
    refusal: 'ENOSPC',
    proof: { without: ['shared-memory-limit'], outcome: succeeded },
  },
];

describeAttacks('namespaces', attacks);

describe('the host’s user', () => {
  it.runIf(process.geteuid?.() === 0)(
    'is not what a sandbox runs as, and reads what it likes where it is',
    async ({ task }) => {
      const attack = 'open("/opt/shown/root-only")';
      const seen: string[] = [];
      for (const weakenings of [[], ['host-user']] as const) {
        const ground = await openAttackGround(weakenings);
        try {
          const source = join(ground.folder, 'shown');
          await mkdir(source, { mode: 0o755 });
          await writeFile(join(source, 'root-only'), 'of root', { mode: 0o600 });
          const changes = {
            mounts: [{ source, target: '/opt/shown', mode: 'read-only' }],
            // The person's own belongs to the person, whom the weakened sandbox is not.
            network: 'isolated',
            workingDirectory: '/tmp',
          } as const;
          seen.push((await ground.runPython(attack, changes)).output);
        } finally {
          await ground.close();
        }
      }
      noteAttack(task, { expected: `EACCES, ${succeeded}`, seen: seen.join(', ') });
      expect(seen).toEqual(['EACCES', succeeded]);
    },
  );
});
