import type { AppId, ProfileName } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { RunningApp } from '../../studios/running-app.ts';
import { Compute, type ComputeOptions } from '../compute.ts';
import { Gpus } from '../gpus/gpus.ts';
import { noIdleWatch } from '../idle-watch.ts';
import { PriceBook } from '../prices/price-book.ts';
import { shippedPriceTable } from '../prices/price-table.ts';
import { imagesOfDomainFile } from './images-of-domain-file.ts';

/** A machine that holds every limit and has room for all that tests ask for. */
export const roomyHost = {
  ...{ processorCount: 1024, memoryMebibytes: 33_554_432 },
  ...{ holdsMemory: true, holdsProcessors: true },
} as const;

export const noGpus = () => Gpus.none({ english: 'No GPU.', korean: 'GPU가 없습니다.' });

/** What people see of compute, over the studios of a test. */
export function computeFor(
  options: Pick<ComputeOptions, 'studios'> &
    Partial<ComputeOptions> & {
      readonly domain: () => Domain;
    },
): Compute {
  const { domain } = options;
  return new Compute({
    ...{ gpus: noGpus(), host: roomyHost, idleWatch: noIdleWatch },
    ...{ images: imagesOfDomainFile(domain), prices: new PriceBook(domain, shippedPriceTable) },
    ...options,
  });
}

/** A kernel app that runs and uses something. */
export function runningApp(change: Partial<RunningApp> = {}): RunningApp {
  return {
    ...{ appId: 'a'.repeat(32) as AppId, appType: 'KernelGateway', kernelId: null },
    ...{ appName: 'host-python-ml-t3-medium-aaaaaaaa', profileName: 'alice' as ProfileName },
    ...{ imageName: 'host-python', instanceType: 'ml.t3.medium', stage: 'running' },
    ...{ queuePosition: null, startedAt: new Date(0), gpus: [] },
    ...{ memoryLimitBytes: 4 * 1024 ** 3, cpuLimit: 2, imageDigest: null },
    sandbox: {
      usage: async () => ({
        ...{ memoryBytes: 1024 ** 2, processCount: 1, cpuSeconds: 1, cpuThrottledPeriodCount: 0 },
      }),
    },
    ...change,
  };
}
