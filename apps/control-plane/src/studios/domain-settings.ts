/** What studios take from the domain file. */
export interface StudioDomain {
  readonly images: readonly {
    readonly imageName: string;
    /** Kernels kept ready for each person who signs in; none where it is left out. */
    readonly warmKernelCount?: number;
  }[];
  readonly instanceTypes: readonly InstanceTypeSettings[];
  /** What a kernel runs on where nothing else is asked for. */
  readonly defaults: { readonly imageName: string; readonly instanceType: string };
  readonly studios: {
    /** Minutes without a person, a kernel or a terminal; a fraction is allowed. */
    readonly hibernateAfterMinutes: number;
    readonly prestart: 'server-and-kernel' | 'server' | 'nothing';
  };
}

export interface InstanceTypeSettings {
  readonly instanceType: string;
  readonly vcpuCount: number;
  readonly memoryMebibytes: number;
  readonly gpuCount?: number;
}
