/** One GPU of this machine. */
export interface Gpu {
  /** As `nvidia-smi` counts them. */
  readonly index: number;
  /** The driver's own, the same after a restart. */
  readonly uuid: string;
  readonly name: string;
  readonly memoryTotalBytes: number | undefined;
  /** On the host; the device of this GPU alone. */
  readonly deviceFile: string;
  /** What it is called below `/dev`, in a sandbox too. */
  readonly deviceName: string;
}

export interface GpuUse {
  readonly index: number;
  /** `undefined` where the driver does not tell. */
  readonly utilizationPercent: number | undefined;
  readonly memoryBytes: number | undefined;
}
