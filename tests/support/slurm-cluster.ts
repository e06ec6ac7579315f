import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A Slurm cluster of two nodes that are both this machine, in a folder of its own. */
export interface SlurmCluster {
  readonly configurationFile: string;
  /** One of Slurm's programs; what it printed. */
  run(program: string, ...words: string[]): string;
  /** `kill -9` of its slurmd: to the controller the node is gone. */
  killNode(nodeName: string): Promise<void>;
  startNode(nodeName: string): void;
  stopController(): Promise<void>;
  untilIdle(nodeName: string): Promise<void>;
  remove(): Promise<void>;
}

export const nodeNames = ['n1', 'n2'] as const;
const patienceMilliseconds = 30_000;

export async function startSlurmCluster(): Promise<SlurmCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'strongroom-cluster-'));
  const configurationFile = join(folder, 'slurm.conf');
  const children = new Map<string, ChildProcess>();
  const environment = { PATH: process.env.PATH, SLURM_CONF: configurationFile };
  const start = (name: string, program: string, ...words: string[]) => {
    children.set(name, spawn(program, words, { env: environment, stdio: 'ignore' }));
  };
  const end = async (name: string, signal: NodeJS.Signals) => {
    const child = children.get(name);
    children.delete(name);
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  const run = (program: string, ...words: string[]) =>
    execFileSync(program, words, { env: environment, encoding: 'utf8', stdio: 'pipe' });
  const startNode = (nodeName: string) => start(nodeName, 'slurmd', '-D', '-N', nodeName);

  async function remove(): Promise<void> {
    try {
      run('scancel', '--user=root');
      await until(() => run('squeue', '--noheader').trim() === '', 'end the jobs');
    } catch {
      // The controller is down.
    }
    for (const name of [...children.keys()].reverse()) {
      await end(name, name === 'munged' ? 'SIGTERM' : 'SIGKILL');
    }
    await endStepsOf(configurationFile);
    await rm(folder, { recursive: true, force: true });
  }

  try {
    const ports = await Promise.all([freePort(), freePort(), freePort()]);
    await writeFile(configurationFile, slurmConfiguration(folder, ports));
    for (const name of ['state', ...nodeNames]) await mkdir(join(folder, name));
    await writeFile(join(folder, 'munge.key'), randomBytes(128), { mode: 0o400 });
    const mungeFiles = ['pid', 'log', 'seed'].map(
      (kind) => `--${kind}-file=${folder}/munge.${kind}`,
    );
    const [key, socket] = [`--key-file=${folder}/munge.key`, `--socket=${folder}/munge.socket`];
    start('munged', 'munged', '--foreground', '--force', key, socket, ...mungeFiles);
    const munge = () => run('munge', `--socket=${folder}/munge.socket`, '--no-input') !== '';
    await until(munge, 'start munged');
    start('slurmctld', 'slurmctld', '-D');
    for (const name of nodeNames) startNode(name);
    for (const name of nodeNames) await untilIdle(name);
  } catch (error) {
    await remove();
    throw error;
  }

  async function untilIdle(nodeName: string): Promise<void> {
    const isIdle = () => run('sinfo', '--noheader', '-n', nodeName, '-o', '%T').trim() === 'idle';
    await until(isIdle, `start the node "${nodeName}"`);
  }

  return {
    ...{ configurationFile, run, startNode, untilIdle, remove },
    killNode: (nodeName) => end(nodeName, 'SIGKILL'),
    stopController: () => end('slurmctld', 'SIGKILL'),
  };
}

function slurmConfiguration(folder: string, [controllerPort, ...nodePorts]: number[]): string {
  const nodes = nodeNames.map(
    (name, index) =>
      `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${nodePorts[index]} CPUs=4 RealMemory=8000`,
  );
  return [
    'ClusterName=strongroom',
    `SlurmctldHost=${hostname()}(127.0.0.1)`,
    `SlurmctldPort=${controllerPort}`,
    'SlurmUser=root',
    'AuthType=auth/munge',
    `AuthInfo=socket=${folder}/munge.socket`,
    `StateSaveLocation=${folder}/state`,
    `SlurmdSpoolDir=${folder}/%n`,
    `SlurmctldPidFile=${folder}/slurmctld.pid`,
    `SlurmdPidFile=${folder}/slurmd-%n.pid`,
    `SlurmctldLogFile=${folder}/slurmctld.log`,
    `SlurmdLogFile=${folder}/slurmd-%n.log`,
    'ProctrackType=proctrack/linuxproc',
    'TaskPlugin=task/none',
    'MpiDefault=none',
    'SelectType=select/cons_tres',
    'SelectTypeParameters=CR_Core_Memory',
    'SlurmdParameters=config_overrides',
    // The sooner a node that is gone is noticed, the shorter the test.
    'SlurmdTimeout=6',
    'ReturnToService=2',
    ...nodes,
    `PartitionName=main Nodes=${nodeNames.join(',')} Default=YES MaxTime=INFINITE State=UP`,
    '',
  ].join('\n');
}

/** What runs a job goes on when its slurmd is killed: it is found by the environment it got from that. */
async function endStepsOf(configurationFile: string): Promise<void> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (!environment.includes(`SLURM_CONF=${configurationFile}`)) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}

/** What tells of itself only when it is asked. */
async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      if (isSo()) return;
    } catch {
      // Not yet.
    }
    if (performance.now() > deadline) throw new Error(`Cannot ${what}: it takes too long`);
    await delay(100);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('Cannot find a free port');
  return address.port;
}
