import { type Attack, succeeded } from './attack.ts';
import { describeAttacks } from './describe-attacks.ts';

const withoutSeccomp = { without: ['seccomp'], outcome: succeeded } as const;
const withoutNamespaceLimits = {
  without: ['seccomp', 'user-namespace-limit'],
  outcome: succeeded,
} as const;

/** Calls with harmless arguments: the filter answers before the kernel looks at them. */
const plainCalls: readonly [name: string, call: string][] = [
  ['mounting a file system', 'call("mount", b"none", b"/tmp", b"tmpfs", 0, 0)'],
  ['unmounting', 'call("umount2", b"/tmp", 0)'],
  ['changing the root by pivot_root', 'call("pivot_root", b"/tmp", b"/tmp")'],
  ['changing the root by chroot', 'call("chroot", b"/tmp")'],
  ['the new mount interface: fsopen', 'call("fsopen", b"tmpfs", 0)'],
  ['the new mount interface: open_tree', 'call("open_tree", -100, b"/usr", 1)'],
  ['the new mount interface: move_mount', 'call("move_mount", -1, b"", -1, b"", 0)'],
  ['the new mount interface: mount_setattr', 'call("mount_setattr", -1, b"", 0, 0, 0)'],
  ['entering another namespace', 'call("setns", os.open("/proc/self/ns/net", os.O_RDONLY), 0)'],
  ['loading a kernel module', 'call("init_module", 0, 0, 0)'],
  ['loading a kernel module from a file', 'call("finit_module", 0, 0, 0)'],
  ['removing a kernel module', 'call("delete_module", b"x", 0)'],
  ['loading another kernel', 'call("kexec_load", 0, 0, 0, 0)'],
  ['loading another kernel from a file', 'call("kexec_file_load", -1, -1, 0, 0, 0)'],
  ['restarting the host', 'call("reboot", 0, 0, 0, 0)'],
  ['turning on swap', 'call("swapon", b"/tmp/x", 0)'],
  ['setting the clock', 'call("settimeofday", 0, 0)'],
  ['setting a clock', 'call("clock_settime", 0, 0)'],
  ['naming the host', 'call("sethostname", b"x", 1)'],
  ['naming the domain', 'call("setdomainname", b"x", 1)'],
  ['quotas', 'call("quotactl", 0, 0, 0, 0)'],
  ['process accounting', 'call("acct", 0)'],
  ['the kernel log', 'call("syslog", 3, 0, 0)'],
  ['hanging up a terminal', 'call("vhangup")'],
  ['the kernel’s programs (bpf)', 'call("bpf", 0, 0, 0)'],
  ['performance counters', 'call("perf_event_open", 0, 0, 0, 0, 0)'],
  ['page faults in user space', 'call("userfaultfd", 1)'],
  ['kernel-side asynchronous input and output', 'call("io_setup", 1, 0)'],
  ['watching whole file systems', 'call("fanotify_init", 0, 0)'],
  ['a file’s handle', 'call("name_to_handle_at", -100, b"/usr", 0, 0, 0)'],
  ['opening a file by a guessed handle', 'call("open_by_handle_at", -1, 0, 0)'],
  ['memory that the host cannot see', 'call("memfd_secret", 0)'],
  ['mapping memory into a pipe', 'call("vmsplice", 0, 0, 0, 0)'],
  ['advising on another process’s memory', 'call("process_madvise", -1, 0, 0, 0, 0)'],
  ['comparing processes’ kernel objects', 'call("kcmp", 1, 2, 0, 0, 0)'],
  ['taking a descriptor out of another process', 'call("pidfd_getfd", -1, 0, 0)'],
  ['reading another process’s memory', 'call("process_vm_readv", 1, 0, 0, 0, 0, 0)'],
  ['writing another process’s memory', 'call("process_vm_writev", 1, 0, 0, 0, 0, 0)'],
  ['adding a key to the kernel’s keyring', 'call("add_key", b"user", b"k", b"v", 1, -2)'],
];

const attacks: readonly Attack[] = [
  ...plainCalls.map(([name, code]) => ({ name, code, refusal: 'EPERM' })),
  {
    name: 'the kernel’s keyrings, which are not bound to a namespace',
    code: 'call("keyctl", 0, -3, 1)',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'tracing a process',
    code: 'in_child(lambda: call("ptrace", 0, 0, 0, 0))',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'io_uring, whose operations pass by the filter',
    code: 'call("io_uring_setup", 1, ctypes.create_string_buffer(256))',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'turning off address randomisation',
    code: 'call("personality", 0x0040000)',
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  {
    name: 'a new user namespace by unshare',
    code: 'in_child(lambda: call("unshare", 0x10000000))',
    refusal: 'EPERM',
    proof: withoutNamespaceLimits,
  },
  {
    name: 'a new user namespace by clone',
    code: `
def clone():
    if call("clone", 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0) == 0:
        os._exit(0)
in_child(clone)`,
    refusal: 'EPERM',
    proof: withoutNamespaceLimits,
  },
  {
    name: 'a new user namespace by clone3, whose arguments a filter cannot read',
    code: 'call("clone3", 0, 0)',
    refusal: 'ENOSYS',
    proof: { without: ['seccomp'], outcome: 'EINVAL' },
  },
  {
    name: 'a call that the list does not know yet, as an older kernel does',
    code: 'call_number(999)',
    refusal: 'ENOSYS',
  },
  {
    name: 'the same calls under x32’s numbers',
    code: 'in_child(lambda: call_number(0x40000000 + 39))',
    refusal: 'SIGSYS',
    only: 'x64',
    proof: { without: ['seccomp'], outcome: 'ENOSYS' },
  },
  {
    name: 'the same calls under the 32-bit numbers, by int 0x80',
    code: `
import mmap
def interrupt():
    # mov eax, 20 (getpid); int 0x80; ret
    page = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(bytes.fromhex("b814000000cd80c3"))
    address = ctypes.addressof(ctypes.c_char.from_buffer(page))
    ctypes.CFUNCTYPE(ctypes.c_int)(address)()
in_child(interrupt)`,
    refusal: 'SIGSYS',
    only: 'x64',
  },
  {
    name: 'typing into the terminal’s input (TIOCSTI)',
    code: `
import fcntl, pty
_, terminal = pty.openpty()
fcntl.ioctl(terminal, 0x5412, b"x")`,
    refusal: 'EPERM',
  },
  {
    name: 'a terminal line discipline, which loads kernel code',
    code: `
import fcntl, pty
_, terminal = pty.openpty()
fcntl.ioctl(terminal, 0x5423, struct.pack("i", 0))`,
    refusal: 'EPERM',
    proof: withoutSeccomp,
  },
  { name: 'becoming root by setuid', code: 'os.setuid(0)', refusal: ['EINVAL', 'EPERM'] },
  { name: 'becoming another person', code: 'os.setuid(65502)', refusal: ['EINVAL', 'EPERM'] },
  { name: 'joining a group', code: 'os.setgroups([0])', refusal: 'EPERM' },
  {
    name: 'taking a capability',
    code: `
header = struct.pack("Ii", 0x20080522, 0)
everything = struct.pack("6I", *([0xFFFFFFFF] * 6))
if libc.capset(header, everything) != 0:
    raise OSError(ctypes.get_errno(), "capset")`,
    refusal: 'EPERM',
  },
];

describeAttacks('system calls', attacks);
