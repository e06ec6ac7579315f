import { availableParallelism, totalmem } from 'node:os';
import type { ControlReport, Sentence } from '@strongroom/contracts';
import type { InstanceTypeSettings } from '../studios/domain-settings.ts';

/** What this machine has, and which limits of its apps it holds. */
export interface HostLimits {
  readonly processorCount: number;
  readonly memoryMebibytes: number;
  readonly holdsMemory: boolean;
  readonly holdsProcessors: boolean;
}

export function hostLimits(
  controls: readonly Pick<ControlReport, 'control' | 'state'>[],
): HostLimits {
  const holds = (name: string) =>
    controls.some(({ control, state }) => control === name && state === 'enforced');
  return {
    processorCount: availableParallelism(),
    memoryMebibytes: Math.floor(totalmem() / 1024 ** 2),
    holdsMemory: holds('memory-limit'),
    holdsProcessors: holds('cpu-limit'),
  };
}

/** What this machine cannot hold to of what a type promises; null where it holds to all of it. */
export function explainLimits(size: InstanceTypeSettings, host: HostLimits): Sentence | null {
  const sentences = [
    ...(size.vcpuCount > host.processorCount ? [tooManyProcessors(size, host)] : []),
    ...(size.memoryMebibytes > host.memoryMebibytes ? [tooMuchMemory(size, host)] : []),
    ...(host.holdsMemory ? [] : [memoryNotHeld]),
    ...(host.holdsProcessors ? [] : [processorsNotHeld]),
  ];
  return sentences.length === 0 ? null : joinSentences(sentences);
}

export function joinSentences(sentences: readonly Sentence[]): Sentence {
  return {
    english: sentences.map(({ english }) => english).join(' '),
    korean: sentences.map(({ korean }) => korean).join(' '),
  };
}

function tooManyProcessors(size: InstanceTypeSettings, host: HostLimits): Sentence {
  return {
    english: `This machine has ${host.processorCount} processors, so a kernel gets at most those and not ${size.vcpuCount}.`,
    korean: `이 컴퓨터의 프로세서는 ${host.processorCount}개이므로, 커널은 ${size.vcpuCount}개가 아니라 최대 ${host.processorCount}개를 사용합니다.`,
  };
}

function tooMuchMemory(size: InstanceTypeSettings, host: HostLimits): Sentence {
  const has = gibibytes(host.memoryMebibytes);
  const promised = gibibytes(size.memoryMebibytes);
  return {
    english: `This machine has ${has} of memory for everybody, less than the ${promised} of this type: a kernel may be ended before it has used them.`,
    korean: `이 컴퓨터의 전체 메모리는 ${has}로 이 유형의 ${promised}보다 작습니다. 커널이 이를 모두 사용하기 전에 종료될 수 있습니다.`,
  };
}

const memoryNotHeld: Sentence = {
  english:
    'This machine holds each process, and not the whole kernel, to the memory of its type (no control groups).',
  korean:
    '이 컴퓨터는 커널 전체가 아니라 프로세스마다 메모리를 제한합니다(컨트롤 그룹을 사용할 수 없음).',
};
const processorsNotHeld: Sentence = {
  english:
    'This machine does not hold kernels to the processors of their type (no control groups).',
  korean:
    '이 컴퓨터는 유형의 프로세서 수로 커널을 제한하지 못합니다(컨트롤 그룹을 사용할 수 없음).',
};

function gibibytes(mebibytes: number): string {
  return `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}
