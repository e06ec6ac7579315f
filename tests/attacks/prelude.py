"""What every attack may use. Prints one line: SUCCEEDED, or the name of the refusal."""

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct
import subprocess
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
X64 = platform.machine() == "x86_64"

# Numbers of the calls that have no wrapper: on x86-64, on arm64.
NUMBERS = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_settime": (227, 112),
    "clone": (56, 220),
    "clone3": (435, 435),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsopen": (430, 430),
    "init_module": (175, 105),
    "io_setup": (206, 0),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "personality": (135, 92),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setdomainname": (171, 162),
    "sethostname": (170, 161),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vhangup": (153, 58),
    "vmsplice": (278, 75),
}


def call(name, *arguments):
    """A system call by name; raises OSError as the kernel answered."""
    number = NUMBERS[name][0 if X64 else 1]
    return call_number(number, *arguments)


def call_number(number, *arguments):
    converted = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = libc.syscall(ctypes.c_long(number), *converted)
    if result == -1:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result


def write(path, content):
    """Unbuffered, so that the answer is the kernel's to this very write."""
    descriptor = os.open(path, os.O_WRONLY)
    os.write(descriptor, content.encode())


def connect(address, port, family=socket.AF_INET, kind=socket.SOCK_STREAM):
    """Connects, and for datagrams asks and waits for what comes back."""
    with socket.socket(family, kind) as probe:
        probe.settimeout(5)
        probe.connect((address, port))
        if kind == socket.SOCK_DGRAM:
            probe.send(b"x")
            probe.recv(1)


def in_child(action):
    """Runs it in a forked process, whose refusal or success becomes this process's."""
    child = os.fork()
    if child == 0:
        try:
            action()
            os._exit(0)
        except OSError as error:
            os._exit(error.errno)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        print(name)
        sys.exit(0)
    if os.WEXITSTATUS(status) != 0:
        raise OSError(os.WEXITSTATUS(status), "in the child")


def expect(condition, refusal):
    """For attacks whose refusal is not an errno."""
    if not condition:
        print(refusal)
        sys.exit(0)


def run(attack):
    try:
        attack()
    except OSError as error:
        print(errno.errorcode.get(error.errno or 0, str(error)))
    else:
        print("SUCCEEDED")
