import shipped from './sagemaker-ap-northeast-2-usd.json' with { type: 'json' };

/** What instance types cost where no table of one's own is named; examples, not a price list. */
export const shippedPrices: {
  readonly region: string;
  readonly currency: string;
  readonly asOf: string;
  readonly note: string;
  readonly instanceTypes: Readonly<
    Record<
      string,
      {
        readonly vcpuCount: number;
        readonly memoryMebibytes: number;
        readonly gpuCount: number;
        readonly pricePerHour: number;
      }
    >
  >;
} = shipped;
