import type { HostSetup } from '../host-setup.ts';
import { asUser } from '../network/as-user.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';
import type { LauncherDescriptors } from './start-launcher.ts';
import type { Weakenings } from './weakening.ts';

/**
 * Joins the control groups, closes what the control plane itself had inherited, binds the sources
 * into the staging folder (of a mount namespace of its own, where the person's uid reaches them
 * whatever folders they lie under), lets go of everybody's homes there, which otherwise would stay
 * mounted for as long as this sandbox runs, and sets what every later process inherits. A limit of
 * open files that cannot be raised is lower already. bash, because dash cannot close a descriptor
 * above 9.
 */
const launcherScript = `set -eu
joins=$1; lastDescriptor=$2; openFiles=$3; dataKilobytes=$4; mount=$5; bindTable=$6; umount=$7; homes=$8
shift 8
while [ "$joins" -gt 0 ]; do
  echo 0 >"$1"
  shift; joins=$((joins - 1))
done
for path in /proc/self/fd/*; do
  descriptor=\${path##*/}
  [ "$descriptor" -le "$lastDescriptor" ] || eval "exec $descriptor>&-"
done
[ -z "$bindTable" ] || "$mount" --all --fstab "$bindTable"
[ -z "$homes" ] || "$umount" --lazy "$homes"
echo 500 >/proc/self/oom_score_adj 2>/dev/null || :
ulimit -c 0
[ "$openFiles" = 0 ] || ulimit -n "$openFiles" 2>/dev/null || :
[ "$dataKilobytes" = 0 ] || ulimit -d "$dataKilobytes"
exec -c "$@"
`;

export interface LauncherInputs {
  readonly spec: SandboxSpec;
  readonly setup: HostSetup;
  /** Files that a process writes `0` into to join its control groups; none where the host has none. */
  readonly joinFiles: readonly string[];
  /** As root: an fstab(5) of what to bind before bwrap runs. */
  readonly bindTableFile: string | undefined;
  /** The folder that homes are mounted in, where it is one file system. */
  readonly homesFolder: string | undefined;
  readonly descriptors: LauncherDescriptors;
  readonly weakenings: Weakenings;
}

/**
 * The chain of programs that ends in bwrap; each replaces the one before, but the last `unshare`,
 * which stays and waits.
 *
 * INVARIANT: the death of the control plane, kill -9 at any moment included, leaves no process. The
 * waiting `unshare` dies with the control plane and bwrap dies with it (`--pdeathsig`,
 * `--kill-child`), each asked after the last change of credentials, which would undo the asking
 * (prctl(2), PR_SET_PDEATHSIG). bwrap leads a pid namespace, so with it dies all that it has started,
 * however far that had got. A death before all this was asked is noticed by `startedCommand`.
 */
export function launcherCommand(inputs: LauncherInputs): [string, ...string[]] {
  const { setup, spec, joinFiles, weakenings } = inputs;
  const { tools } = setup;
  const hasCgroups = joinFiles.length > 0 || weakenings.has('control-group');
  const script = [
    ...[tools.bash, '-c', launcherScript, 'launcher'],
    String(joinFiles.length),
    String(inputs.descriptors.seccomp),
    weakenings.has('open-file-limit') ? '0' : String(spec.limits.openFileCount),
    hasCgroups ? '0' : String(Math.ceil(spec.limits.memoryBytes / 1024)),
    tools.mount,
    inputs.bindTableFile ?? '',
    setup.volumeTools.umount ?? '',
    inputs.homesFolder ?? '',
    ...joinFiles,
  ];
  const chain = [
    ...(setup.mode === 'root' ? [tools.unshare, '--mount', '--propagation', 'private', '--'] : []),
    ...script,
    ...(setup.mode === 'root' && !weakenings.has('host-user')
      ? [tools.setpriv, ...asUser(spec.hostUid)]
      : []),
    ...enterUserNamespace(inputs),
    ...[tools.setpriv, '--pdeathsig', 'KILL'],
    ...[tools.unshare, '--pid', '--fork', '--kill-child=SIGKILL', '--'],
    ...[tools.bwrap, '--args', String(inputs.descriptors.arguments), '--'],
    ...startedCommand(inputs.descriptors.started, hasCgroups ? 0 : spec.limits.processCount),
    ...spec.command,
  ];
  const [program = tools.bash, ...rest] = chain;
  return [program, ...rest];
}

/** The studio's, with its network, or one of its own; either way one may make a pid namespace there. */
function enterUserNamespace({ spec, setup, weakenings }: LauncherInputs): string[] {
  if (spec.network === 'isolated' || weakenings.has('network-namespace')) {
    return [setup.tools.unshare, '--user', '--map-root-user', '--'];
  }
  const folder = `/proc/${spec.network.holderPid}/ns`;
  const namespaces = [`--user=${folder}/user`, `--net=${folder}/net`];
  return [setup.tools.nsenter, '--preserve-credentials', ...namespaces, '--'];
}

/**
 * Runs last, inside: says that everything stands, closes that descriptor and becomes the command.
 * Where nobody listens any more it ends instead: the control plane was killed meanwhile.
 *
 * Without control groups it also limits the processes of the sandbox's own user namespace, which is
 * possible only from within it (getrlimit(2), RLIMIT_NPROC). dash and bash name that limit differently.
 */
function startedCommand(descriptor: number, processLimit: number): string[] {
  const limit =
    processLimit === 0
      ? ''
      : `ulimit -u ${processLimit} 2>/dev/null || ulimit -p ${processLimit}; `;
  const script = `${limit}echo started >&${descriptor} || exit 1; exec ${descriptor}>&-; exec "$@"`;
  return ['/bin/sh', '-c', script, 'sh'];
}
