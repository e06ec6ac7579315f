import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import type { HostSetup } from '@strongroom/sandbox';
import type { Closers } from '../closers.ts';
import { Gpus } from '../compute/gpus/gpus.ts';
import type { DomainCertificates } from '../network/certificates/domain-certificates.ts';
import { StartError } from '../start-error.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { KernelRuntime } from './kernel-runtime.ts';
import { openNodeListener } from './slurm/node-listener.ts';
import { computeHostName } from './slurm/node-protocol.ts';
import { SlurmCommands } from './slurm/slurm-commands.ts';
import { SlurmRuntime } from './slurm/slurm-runtime.ts';

interface ComposedRuntime {
  /** Undefined: this host itself. */
  readonly runtime: KernelRuntime | undefined;
  readonly gpus: Gpus;
}

/**
 * What the domain file chooses to run kernels on.
 *
 * @throws {StartError} `ClusterUnavailable` or `CannotListen`
 */
export async function composeRuntime(options: {
  readonly domain: Domain;
  readonly setup: HostSetup;
  readonly homesFolder: string | undefined;
  readonly certificates: DomainCertificates;
  readonly programs: { readonly node: string; readonly clusterNode: string };
  readonly log: StudioLog;
  readonly closers: Closers;
}): Promise<ComposedRuntime> {
  const { domain, setup, homesFolder, certificates, programs, log, closers } = options;
  const { runtime } = domain.compute;
  // Where studios are SageMaker's, nothing of this is composed.
  if (runtime.kind !== 'slurm') return { runtime: undefined, gpus: await Gpus.find() };
  const slurm = new SlurmCommands(runtime);
  await slurm.ping().catch((error: unknown) => {
    const said = (error as Error).message.trim();
    throw new StartError(
      'ClusterUnavailable',
      `Cannot use the Slurm cluster: its controller does not answer (${said}). Start slurmctld and munge, mend compute.runtime.slurm.configurationFile in the domain file, or set compute.runtime to local`,
      { cause: error },
    );
  });
  const certificate = certificates.forEndpoint([computeHostName]);
  const listener = await openNodeListener({ listen: runtime.listen, certificate, log });
  closers.add(() => listener.close());
  return {
    gpus: Gpus.none(noClusterGpus),
    runtime: new SlurmRuntime({
      ...{ slurm, listener, programs, log, homesFolder, hostMode: setup.mode },
      connectAddress: runtime.connectAddress,
      authorities: () => certificates.authoritiesPem,
      jobFolder: join(domain.dataFolder, 'run', 'jobs'),
      acceptUnenforced: domain.acceptUnenforced,
    }),
  };
}

const noClusterGpus = {
  english: 'GPUs of a cluster cannot be used yet.',
  korean: '클러스터의 GPU는 아직 사용할 수 없습니다.',
};
