import type { Attack } from './attack.ts';
import { describeAttacks } from './describe-attacks.ts';

const refused = ['EROFS', 'EACCES', 'EPERM', 'ENOENT'];

function writing(path: string): Attack {
  return { name: `writing ${path}`, code: `write("${path}", "1")`, refusal: refused };
}

const attacks: readonly Attack[] = [
  writing('/proc/sys/kernel/core_pattern'),
  writing('/proc/sys/kernel/hostname'),
  writing('/proc/sys/kernel/modprobe'),
  writing('/proc/sys/vm/overcommit_memory'),
  writing('/proc/sys/net/ipv4/ip_forward'),
  writing('/proc/sys/net/ipv4/ip_unprivileged_port_start'),
  writing('/proc/sys/user/max_user_namespaces'),
  writing('/proc/sysrq-trigger'),
  writing('/proc/irq/default_smp_affinity'),
  writing('/sys/kernel/uevent_helper'),
  writing('/sys/fs/cgroup/cgroup.procs'),
  writing('/sys/fs/cgroup/memory/memory.limit_in_bytes'),
  { name: 'looking into /sys', code: 'os.listdir("/sys")', refusal: 'ENOENT' },
  {
    name: 'reading the kernel’s memory',
    code: 'expect(open("/proc/kcore", "rb").read(1), "empty")',
    refusal: ['empty', 'ENOENT'],
  },
  {
    name: 'reading where the kernel’s functions are',
    code: 'expect(open("/proc/kallsyms", "rb").read(1), "empty")',
    refusal: 'empty',
  },
  {
    name: 'reading how the kernel was started',
    code: 'expect(open("/proc/cmdline", "rb").read(1), "empty")',
    refusal: 'empty',
  },
  {
    name: 'mapping another uid into its user namespace',
    code: 'write("/proc/self/uid_map", "0 0 1")',
    refusal: refused,
  },
];

describeAttacks('the host’s own files', attacks);
