import { type Sentence, StrongroomError } from '@strongroom/contracts';
import type { InstanceTypeSettings } from '../../studios/domain-settings.ts';
import { type FindGpusOptions, findGpus } from './find-gpus.ts';
import type { Gpu } from './gpu.ts';
import { type DriverFiles, findDriverFiles, type GpuGrant, grantOf } from './gpu-files.ts';
import { GpuPool } from './gpu-pool.ts';
import { GpuMeter } from './measure-gpus.ts';

/** The GPUs of this machine: whose they are, and what an app gets with them. */
export class Gpus {
  readonly pool: GpuPool;
  readonly meter: Pick<GpuMeter, 'measure'>;
  /** Why there are none, or fewer than the machine has. */
  readonly reason: Sentence | null;
  readonly #driver: DriverFiles;

  private constructor(parts: {
    readonly gpus: readonly Gpu[];
    readonly reason: Sentence | null;
    readonly driver: DriverFiles;
    readonly meter: Pick<GpuMeter, 'measure'>;
  }) {
    this.pool = new GpuPool(parts.gpus);
    this.reason = parts.reason;
    this.meter = parts.meter;
    this.#driver = parts.driver;
  }

  /** Looks once: a GPU that is added later is there after the next start. */
  static async find(options: Partial<FindGpusOptions> = {}): Promise<Gpus> {
    const found: FindGpusOptions = { ...thisMachine(), ...options };
    const { gpus, reason } = await findGpus(found);
    const driver = gpus.length === 0 ? noDriver : await findDriverFiles(found);
    return new Gpus({ gpus, reason, driver, meter: new GpuMeter(found.searchPath) });
  }

  static none(reason: Sentence): Gpus {
    return new Gpus({ gpus: [], reason, driver: noDriver, meter: noMeter });
  }

  /** What is in the sandbox of an app that holds these, and in no other. */
  grantOf(gpus: readonly Gpu[]): GpuGrant {
    return grantOf(gpus, this.#driver);
  }

  /** @throws {StrongroomError} `InstanceTypeUnavailable`, where no waiting would help */
  requireEnough({ instanceType, gpuCount = 0 }: InstanceTypeSettings): void {
    const lack = this.lackFor(gpuCount);
    if (lack === null) return;
    throw new StrongroomError(
      'InstanceTypeUnavailable',
      `Cannot start a kernel on "${instanceType}": ${lack.english} Choose another instance type`,
    );
  }

  /** @throws {StrongroomError} `InstanceTypeBusy`, where it would have to wait */
  requireFree({ instanceType, gpuCount = 0 }: InstanceTypeSettings): void {
    if (gpuCount === 0) return;
    const { freeCount, waitingCount } = this.pool;
    if (waitingCount === 0 && gpuCount <= freeCount) return;
    throw new StrongroomError(
      'InstanceTypeBusy',
      `Cannot change to "${instanceType}": every GPU is taken. Shut down a kernel that holds one, or choose another instance type`,
    );
  }

  /** Why no app can ever have so many here; null where it can. */
  lackFor(count: number): Sentence | null {
    const there = this.pool.all.length;
    if (count <= there) return null;
    if (there === 0 && this.reason !== null) return this.reason;
    return {
      english: `It needs ${count} GPUs and this machine has ${there}.`,
      korean: `GPU ${count}개가 필요하지만 이 컴퓨터에는 ${there}개가 있습니다.`,
    };
  }
}

const noDriver: DriverFiles = { devices: [], mounts: [] };
const noMeter = { measure: async () => new Map() };

function thisMachine(): FindGpusOptions {
  return {
    searchPath: '/usr/local/bin:/usr/bin:/bin:/usr/lib/nvidia/current',
    devicesFolder: '/dev',
    driverFolder: '/proc/driver/nvidia',
  };
}
