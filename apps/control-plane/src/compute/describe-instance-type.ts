import type { InstanceType, Sentence } from '@strongroom/contracts';
import type { InstanceTypeSettings } from '../studios/domain-settings.ts';
import type { Gpus } from './gpus/gpus.ts';
import { explainLimits, type HostLimits, joinSentences } from './host-limits.ts';
import type { PriceBook } from './prices/price-book.ts';

export interface DescribeContext {
  readonly prices: Pick<PriceBook, 'priceOf'>;
  readonly gpus: Gpus;
  readonly host: HostLimits;
  readonly defaultInstanceType: string;
}

/** One size as people choose it: what it has, what it costs, and what this machine makes of it. */
export function describeInstanceType(
  size: InstanceTypeSettings,
  context: DescribeContext,
): InstanceType {
  const { instanceType, vcpuCount, memoryMebibytes, gpuCount = 0 } = size;
  const [availability, why] = availabilityOf(gpuCount, context.gpus);
  const limits = availability === 'unavailable' ? null : explainLimits(size, context.host);
  const sentences = [why, limits].filter((sentence) => sentence !== null);
  return {
    ...{ instanceType, vcpuCount, memoryMebibytes, gpuCount, availability },
    pricePerHour: context.prices.priceOf(instanceType),
    isDefault: instanceType === context.defaultInstanceType,
    reason: sentences.length === 0 ? null : joinSentences(sentences),
  };
}

function availabilityOf(
  gpuCount: number,
  gpus: Gpus,
): readonly [InstanceType['availability'], Sentence | null] {
  if (gpuCount === 0) return ['available', null];
  const lack = gpus.lackFor(gpuCount);
  if (lack !== null) return ['unavailable', lack];
  const { freeCount, waitingCount } = gpus.pool;
  if (waitingCount === 0 && gpuCount <= freeCount) return ['available', null];
  return ['busy', busy(waitingCount)];
}

function busy(waitingCount: number): Sentence {
  if (waitingCount === 0) {
    return {
      english: 'Every GPU is taken. A kernel waits for its turn.',
      korean: '모든 GPU가 사용 중입니다. 커널은 차례를 기다립니다.',
    };
  }
  const wait = waitingCount === 1 ? 'waits' : 'wait';
  return {
    english: `Every GPU is taken. A kernel waits for its turn; ${waitingCount} ${wait} already.`,
    korean: `모든 GPU가 사용 중입니다. 커널은 차례를 기다리며, 현재 ${waitingCount}개가 대기 중입니다.`,
  };
}
