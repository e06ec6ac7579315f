import { link, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Attack, succeeded } from './attack.ts';
import { type AttackGround, openAttackGround } from './attack-ground.ts';
import { describeAttacks, noteAttack } from './describe-attacks.ts';

const attacks: readonly Attack[] = [
  { name: 'reading the host’s passwords', code: 'open("/etc/shadow")', refusal: 'ENOENT' },
  {
    name: 'reading the host’s accounts',
    code: `
names = [line.split(":")[0] for line in open("/etc/passwd")]
expect(names != ["root", "attacker", "nobody"], "only the sandbox's own")`,
    refusal: "only the sandbox's own",
  },
  {
    name: 'a link in the home to a file of the host',
    code: 'os.symlink("/etc/shadow", "s"); open("s")',
    refusal: 'ENOENT',
  },
  {
    name: 'a link in the home to another home',
    code: 'os.symlink("/home/victim", "v"); os.listdir("v")',
    refusal: 'ENOENT',
  },
  {
    name: 'another home by ".."',
    code: 'expect(os.listdir("/home/attacker/..") != ["attacker"], "only the own home")',
    refusal: 'only the own home',
  },
  {
    name: 'a hard link to a program',
    code: 'os.link("/usr/bin/env", "env")',
    refusal: ['EXDEV', 'EPERM'],
  },
  {
    name: 'writing a program',
    code: 'open("/usr/bin/env", "r+b")',
    refusal: ['EROFS', 'EACCES'],
  },
  { name: 'a new file in /usr', code: 'open("/usr/x", "w")', refusal: ['EROFS', 'EACCES'] },
  { name: 'a new file in /etc', code: 'open("/etc/x", "w")', refusal: ['EROFS', 'EACCES'] },
  { name: 'a new file in /dev', code: 'open("/dev/x", "w")', refusal: 'EROFS' },
  {
    name: 'a new file in /',
    code: 'open("/x", "w")',
    refusal: 'EROFS',
    proof: { without: ['read-only-root'], outcome: succeeded },
  },
  { name: 'a new file in /home', code: 'open("/home/x", "w")', refusal: 'EROFS' },
  { name: 'a new folder in /run', code: 'os.mkdir("/run/x")', refusal: 'EROFS' },
  { name: 'the host’s disks', code: 'open("/dev/vda")', refusal: 'ENOENT' },
  { name: 'the host’s memory', code: 'open("/dev/mem")', refusal: 'ENOENT' },
  { name: 'the host’s FUSE device', code: 'open("/dev/fuse", "r+b")', refusal: 'ENOENT' },
  {
    name: 'a device node of its own for the first disk',
    code: 'os.mknod("disk", 0o60666, os.makedev(254, 0))',
    refusal: 'EPERM',
  },
  {
    name: 'a device node of its own for the memory',
    code: 'os.mknod("memory", 0o20666, os.makedev(1, 1))',
    refusal: 'EPERM',
  },
  {
    name: 'the container engine’s socket',
    code: 'with socket.socket(socket.AF_UNIX) as s: s.connect("/run/docker.sock")',
    refusal: 'ENOENT',
  },
  {
    name: 'becoming root through a set-uid program',
    code: `
result = subprocess.run(["/usr/bin/su", "-c", "id -u"], input=b"", capture_output=True)
expect(result.stdout.strip() == b"0", "not root")`,
    refusal: 'not root',
  },
  {
    name: 'a set-uid program of its own making',
    code: `
subprocess.run(["cp", "/usr/bin/id", "id"], check=True)
os.chmod("id", 0o6755)
own = subprocess.run(["./id", "-u"], capture_output=True).stdout
expect(own != b"1000\\n", "still itself")`,
    refusal: 'still itself',
  },
];

describeAttacks('files', attacks);

describe('files put in the way from outside', () => {
  let ground: AttackGround;
  beforeAll(async () => {
    ground = await openAttackGround();
  });
  afterAll(() => ground.close());

  it('refuses a link that points to a file of the host by its path there', async () => {
    const secret = join(ground.folder, 'secret');
    await writeFile(secret, 'of the host');
    await symlink(secret, join(ground.homeOf('attacker'), 'link'));
    expect((await ground.runPython('open("link")')).output).toBe('ENOENT');
  });

  it.runIf(process.geteuid?.() === 0)(
    'refuses a file in the home that only root may read',
    async () => {
      const secret = join(ground.folder, 'root-only');
      await writeFile(secret, 'of root', { mode: 0o600 });
      await link(secret, join(ground.homeOf('attacker'), 'root-only'));
      expect((await ground.runPython('open("root-only")')).output).toBe('EACCES');
    },
  );

  it('refuses to write what is mounted read-only', async () => {
    const folder = ground.homeOf('victim');
    const changes = {
      mounts: [{ source: folder, target: '/opt/readable', mode: 'read-only' }],
      workingDirectory: '/tmp',
    } as const;
    const { output } = await ground.runPython('open("/opt/readable/x", "w")', changes);
    expect(['EROFS', 'EACCES']).toContain(output);
  });

  it('shows one person’s files in /tmp and /dev/shm to nobody else', async ({ task }) => {
    const victim = await ground.host.launch(
      ground.specFor('victim', [
        '/bin/sh',
        '-c',
        'touch /tmp/mine /dev/shm/mine; echo ready; exec sleep 600',
      ]),
    );
    await new Promise((resolve) => victim.stdout.once('data', resolve));
    const { output } = await ground.runPython(
      'expect(os.listdir("/tmp") + os.listdir("/dev/shm"), "both are empty")',
    );
    await victim.stop({ graceMilliseconds: 0 });
    noteAttack(task, { expected: 'both are empty', seen: output });
    expect(output).toBe('both are empty');
  });

  it('gives the sandbox no descriptor but its own', async () => {
    const list = ['/bin/sh', '-c', 'ls /proc/self/fd'];
    const sandbox = await ground.host.launch(ground.specFor('attacker', list));
    // 3 is the folder that ls reads.
    expect((await text(sandbox.stdout)).trim().split('\n')).toEqual(['0', '1', '2', '3']);
    await sandbox.exited;
  });
});
