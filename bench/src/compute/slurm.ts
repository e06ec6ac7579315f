import { ApiClient } from '@strongroom/tests/support/api-client.ts';
import { startClusterDomain } from '@strongroom/tests/support/cluster-domain.ts';
import { startSlurmCluster } from '@strongroom/tests/support/slurm-cluster.ts';
import type { Measure } from '../report/measure.ts';
import { median } from '../report/percentile.ts';
import { type ComputeSetting, kernelRounds } from './compute-setting.ts';

/** From the request for a kernel until its sandbox runs on a node, beside a bare job of the same size. */
export async function measureSlurmLaunch(setting: ComputeSetting): Promise<Measure[]> {
  const cluster = await startSlurmCluster();
  const ends: (() => Promise<unknown>)[] = [() => cluster.remove()];
  try {
    const domain = await startClusterDomain(cluster.configurationFile);
    ends.unshift(() => domain.remove());
    const alice = new ApiClient(domain);
    await alice.firstSignIn('alice', domain.oneTimePasswords.get('alice') ?? '');
    await alice.openStudio('alice');
    const times = { ours: [] as number[], bare: [] as number[] };
    for (let round = 0; round < kernelRounds; round += 1) {
      setting.say(`a kernel on the cluster, ${round + 1} of ${kernelRounds}`);
      let startedAt = performance.now();
      cluster.run('srun', '--cpus-per-task=1', '--mem=768M', process.execPath, '--eval', '0');
      times.bare.push(performance.now() - startedAt);
      startedAt = performance.now();
      const started = await alice.studio('alice', '/api/kernels', {
        method: 'POST',
        body: { name: 'python3' },
      });
      times.ours.push(performance.now() - startedAt);
      if (started.status !== 201) throw new Error(`Cannot start a kernel: ${started.text}`);
      await alice.studio('alice', `/api/kernels/${started.json.id}`, { method: 'DELETE' });
      for (const nodeName of ['n1', 'n2']) await cluster.untilIdle(nodeName);
    }
    return [
      {
        measure: 'a kernel as a job of a Slurm cluster, until it runs',
        ...{ unit: 'ms', ours: median(times.ours), peer: median(times.bare) },
        peerName: 'srun of Node.js, no sandbox',
        bound: { kind: 'difference', most: 1_000 },
      },
    ];
  } finally {
    for (const end of ends) await end();
  }
}
