import { parseCallTable } from './call-table.ts';

/**
 * Calls that are allowed whatever their arguments, with their numbers on x86-64 and on arm64
 * (`-` where that architecture never had the call). Source: the kernel's `arch/x86/entry/syscalls/syscall_64.tbl`
 * and `include/uapi/asm-generic/unistd.h`.
 */
export const fileCalls = parseCallTable(`
  # Open, read, write, close
  read                         0    63
  write                        1    64
  readv                       19    65
  writev                      20    66
  pread64                     17    67
  pwrite64                    18    68
  preadv                     295    69
  pwritev                    296    70
  preadv2                    327   286
  pwritev2                   328   287
  open                         2     -
  openat                     257    56
  openat2                    437   437
  creat                       85     -
  close                        3    57
  close_range                436   436
  lseek                        8    62
  sendfile                    40    71
  copy_file_range            326   285
  splice                     275    76
  tee                        276    77
  readahead                  187   213
  fadvise64                  221   223
  sync_file_range            277    84
  # Durability and size
  fsync                       74    82
  fdatasync                   75    83
  sync                       162    81
  syncfs                     306   267
  truncate                    76    45
  ftruncate                   77    46
  fallocate                  285    47
  # What a file is
  stat                         4     -
  fstat                        5    80
  lstat                        6     -
  newfstatat                 262    79
  statx                      332   291
  statfs                     137    43
  fstatfs                    138    44
  access                      21     -
  faccessat                  269    48
  faccessat2                 439   439
  getdents                    78     -
  getdents64                 217    61
  getcwd                      79    17
  chdir                       80    49
  fchdir                      81    50
  readlink                    89     -
  readlinkat                 267    78
  umask                       95   166
  # Names
  rename                      82     -
  renameat                   264    38
  renameat2                  316   276
  mkdir                       83     -
  mkdirat                    258    34
  rmdir                       84     -
  link                        86     -
  linkat                     265    37
  unlink                      87     -
  unlinkat                   263    35
  symlink                     88     -
  symlinkat                  266    36
  # Owner, mode, times, attributes
  chmod                       90     -
  fchmod                      91    52
  fchmodat                   268    53
  fchmodat2                  452   452
  chown                       92     -
  fchown                      93    55
  lchown                      94     -
  fchownat                   260    54
  utime                      132     -
  utimes                     235     -
  futimesat                  261     -
  utimensat                  280    88
  setxattr                   188     5
  lsetxattr                  189     6
  fsetxattr                  190     7
  getxattr                   191     8
  lgetxattr                  192     9
  fgetxattr                  193    10
  listxattr                  194    11
  llistxattr                 195    12
  flistxattr                 196    13
  removexattr                197    14
  lremovexattr               198    15
  fremovexattr               199    16
  # Descriptors
  dup                         32    23
  dup2                        33     -
  dup3                       292    24
  pipe                        22     -
  pipe2                      293    59
  fcntl                       72    25
  flock                       73    32
  memfd_create               319   279
  # Waiting
  poll                         7     -
  ppoll                      271    73
  select                      23     -
  pselect6                   270    72
  epoll_create               213     -
  epoll_create1              291    20
  epoll_ctl                  233    21
  epoll_wait                 232     -
  epoll_pwait                281    22
  epoll_pwait2               441   441
  eventfd                    284     -
  eventfd2                   290    19
  signalfd                   282     -
  signalfd4                  289    74
  timerfd_create             283    85
  timerfd_settime            286    86
  timerfd_gettime            287    87
  inotify_init               253     -
  inotify_init1              294    26
  inotify_add_watch          254    27
  inotify_rm_watch           255    28
  # Sockets (which kinds: call-conditions.ts)
  connect                     42   203
  accept                      43   202
  accept4                    288   242
  bind                        49   200
  listen                      50   201
  getsockname                 51   204
  getpeername                 52   205
  setsockopt                  54   208
  getsockopt                  55   209
  shutdown                    48   210
  sendto                      44   206
  recvfrom                    45   207
  sendmsg                     46   211
  recvmsg                     47   212
  sendmmsg                   307   269
  recvmmsg                   299   243
`);
