import type { HostSetup } from '../host-setup.ts';
import { asUser } from '../network/open-studio-network.ts';
import type { SandboxSpec } from '../sandbox-spec.ts';
import type { Weakenings } from './weakening.ts';

/**
 * Joins the control groups, sets what every later process inherits, and binds the sources into the
 * staging folder, of a mount namespace of its own, where the person's uid can reach them whatever
 * folders they lie under. A bind file exists beforehand, so nothing is created on the host.
 */
const launcherScript = `set -eu
joins=$1; openFiles=$2; dataKilobytes=$3; mount=$4; binds=$5
shift 5
while [ "$joins" -gt 0 ]; do
  echo 0 >"$1"
  shift; joins=$((joins - 1))
done
while [ "$binds" -gt 0 ]; do
  "$mount" --no-canonicalize --bind "$1" "$2"
  shift 2; binds=$((binds - 1))
done
echo 500 >/proc/self/oom_score_adj 2>/dev/null || :
ulimit -c 0
[ "$openFiles" = 0 ] || ulimit -n "$openFiles"
[ "$dataKilobytes" = 0 ] || ulimit -d "$dataKilobytes"
unset PWD OLDPWD
exec "$@"
`;

export interface LauncherInputs {
  readonly spec: SandboxSpec;
  readonly setup: HostSetup;
  /** Files that a process writes `0` into to join its control groups; none where the host has none. */
  readonly joinFiles: readonly string[];
  /** As root: what to bind where before bwrap runs. */
  readonly stagedBinds: readonly { readonly source: string; readonly staged: string }[];
  readonly startedDescriptor: number;
  readonly argumentsDescriptor: number;
  readonly weakenings: Weakenings;
}

/**
 * The chain of programs that ends in bwrap. Each replaces the one before, so the process that Node
 * started is in the end bwrap's outer half, which dies with Node (`--die-with-parent`).
 */
export function launcherCommand(inputs: LauncherInputs): [string, ...string[]] {
  const { setup, spec, joinFiles, stagedBinds, weakenings } = inputs;
  const { tools } = setup;
  const hasCgroups = joinFiles.length > 0 || weakenings.has('control-group');
  const script = [
    ...[tools.sh, '-c', launcherScript, 'launcher'],
    String(joinFiles.length),
    weakenings.has('open-file-limit') ? '0' : String(spec.limits.openFileCount),
    hasCgroups ? '0' : String(Math.ceil(spec.limits.memoryBytes / 1024)),
    ...[tools.mount, String(stagedBinds.length)],
    ...joinFiles,
    ...stagedBinds.flatMap(({ source, staged }) => [source, staged]),
  ];
  const chain = [
    ...(setup.mode === 'root' ? [tools.unshare, '--mount', '--propagation', 'private', '--'] : []),
    ...script,
    ...(setup.mode === 'root' ? [tools.setpriv, ...asUser(spec.hostUid)] : []),
    ...joinNetwork(inputs),
    ...[tools.bwrap, '--args', String(inputs.argumentsDescriptor), '--'],
    ...startedCommand(inputs.startedDescriptor, hasCgroups ? 0 : spec.limits.processCount),
    ...spec.command,
  ];
  const [program = tools.sh, ...rest] = chain;
  return [program, ...rest];
}

function joinNetwork({ spec, setup, weakenings }: LauncherInputs): string[] {
  if (spec.network === 'isolated' || weakenings.has('network-namespace')) return [];
  const folder = `/proc/${spec.network.holderPid}/ns`;
  const namespaces = [`--user=${folder}/user`, `--net=${folder}/net`];
  return [setup.tools.nsenter, '--preserve-credentials', ...namespaces, '--'];
}

/**
 * Runs last, inside: says that everything stands, closes that descriptor and becomes the command.
 * Without control groups it also limits the processes of the sandbox's own user namespace, which is
 * possible only from within it (getrlimit(2), RLIMIT_NPROC). dash and bash name that limit differently.
 */
function startedCommand(descriptor: number, processLimit: number): string[] {
  const limit =
    processLimit === 0
      ? ''
      : `ulimit -u ${processLimit} 2>/dev/null || ulimit -p ${processLimit}; `;
  const script = `${limit}echo started >&${descriptor}; exec ${descriptor}>&-; exec "$@"`;
  return ['/bin/sh', '-c', script, 'sh'];
}
