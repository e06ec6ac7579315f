import { parseCallTable } from './call-table.ts';

/**
 * Calls that are allowed whatever their arguments, with their numbers on x86-64 and on arm64
 * (`-` where that architecture never had the call). Source: the kernel's `arch/x86/entry/syscalls/syscall_64.tbl`
 * and `include/uapi/asm-generic/unistd.h`.
 */
export const processCalls = parseCallTable(`
  # Start and end
  fork                        57     -
  vfork                       58     -
  execve                      59   221
  execveat                   322   281
  exit                        60    93
  exit_group                 231    94
  wait4                       61   260
  waitid                     247    95
  set_tid_address            218    96
  kill                        62   129
  tkill                      200   130
  tgkill                     234   131
  pidfd_open                 434   434
  pidfd_send_signal          424   424
  restart_syscall            219   128
  # Who and where
  getpid                      39   172
  getppid                    110   173
  gettid                     186   178
  getpgrp                    111     -
  getpgid                    121   155
  setpgid                    109   154
  getsid                     124   156
  setsid                     112   157
  getuid                     102   174
  geteuid                    107   175
  getgid                     104   176
  getegid                    108   177
  getresuid                  118   148
  getresgid                  120   150
  getgroups                  115   158
  setuid                     105   146
  setgid                     106   144
  setreuid                   113   145
  setregid                   114   143
  setresuid                  117   147
  setresgid                  119   149
  setfsuid                   122   151
  setfsgid                   123   152
  capget                     125    90
  capset                     126    91
  uname                       63   160
  sysinfo                     99   179
  times                      100   153
  getrusage                   98   165
  getcpu                     309   168
  # Memory
  brk                         12   214
  mmap                         9   222
  munmap                      11   215
  mremap                      25   216
  mprotect                    10   226
  msync                       26   227
  madvise                     28   233
  mincore                     27   232
  mlock                      149   228
  munlock                    150   229
  mlockall                   151   230
  munlockall                 152   231
  mlock2                     325   284
  pkey_mprotect              329   288
  pkey_alloc                 330   289
  pkey_free                  331   290
  mseal                      462   462
  map_shadow_stack           453   453
  membarrier                 324   283
  # Threads and locks
  futex                      202    98
  futex_waitv                449   449
  futex_wake                 454   454
  futex_wait                 455   455
  futex_requeue              456   456
  set_robust_list            273    99
  get_robust_list            274   100
  rseq                       334   293
  arch_prctl                 158     -
  prctl                      157   167
  # Signals
  rt_sigaction                13   134
  rt_sigprocmask              14   135
  rt_sigreturn                15   139
  rt_sigpending              127   136
  rt_sigtimedwait            128   137
  rt_sigqueueinfo            129   138
  rt_tgsigqueueinfo          297   240
  rt_sigsuspend              130   133
  sigaltstack                131   132
  pause                       34     -
  alarm                       37     -
  getitimer                   36   102
  setitimer                   38   103
  # Time
  time                       201     -
  gettimeofday                96   169
  clock_gettime              228   113
  clock_getres               229   114
  clock_nanosleep            230   115
  nanosleep                   35   101
  timer_create               222   107
  timer_settime              223   110
  timer_gettime              224   108
  timer_getoverrun           225   109
  timer_delete               226   111
  # Scheduling and limits
  sched_yield                 24   124
  sched_getaffinity          204   123
  sched_setaffinity          203   122
  sched_getparam             143   121
  sched_setparam             142   118
  sched_getscheduler         145   120
  sched_setscheduler         144   119
  sched_getattr              315   275
  sched_setattr              314   274
  sched_get_priority_max     146   125
  sched_get_priority_min     147   126
  sched_rr_get_interval      148   127
  getpriority                140   141
  setpriority                141   140
  ioprio_get                 252    31
  ioprio_set                 251    30
  getrlimit                   97   163
  setrlimit                  160   164
  prlimit64                  302   261
  # System V and POSIX IPC (its own namespace)
  shmget                      29   194
  shmat                       30   196
  shmctl                      31   195
  shmdt                       67   197
  semget                      64   190
  semop                       65   193
  semtimedop                 220   192
  semctl                      66   191
  msgget                      68   186
  msgsnd                      69   189
  msgrcv                      70   188
  msgctl                      71   187
  mq_open                    240   180
  mq_unlink                  241   181
  mq_timedsend               242   182
  mq_timedreceive            243   183
  mq_notify                  244   184
  mq_getsetattr              245   185
  # Random numbers, and stricter filters of one's own
  getrandom                  318   278
  seccomp                    317   277
  landlock_create_ruleset    444   444
  landlock_add_rule          445   445
  landlock_restrict_self     446   446
`);
