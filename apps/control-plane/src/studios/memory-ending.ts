import type { Sentence } from '@strongroom/contracts';
import type { InstanceTypeSettings } from './domain-settings.ts';

/** What a person is told whose kernel used more memory than it may, with the next size where there is one. */
export function outOfMemorySentence(
  size: InstanceTypeSettings,
  larger: InstanceTypeSettings | undefined,
): Sentence {
  const limit = gibibytes(size.memoryMebibytes);
  const type = size.instanceType;
  if (larger === undefined) {
    return {
      english: `The kernel used all of the ${limit} of memory that ${type} has, and was ended. Work on less data at a time: read fewer columns or rows, and delete what is no longer needed.`,
      korean: `커널이 ${type}의 메모리 ${limit}를 모두 사용하여 종료되었습니다. 필요한 열과 행만 읽고 쓰지 않는 변수를 삭제하는 등 한 번에 다루는 데이터를 줄이세요.`,
    };
  }
  const next = `${larger.instanceType} (${gibibytes(larger.memoryMebibytes)})`;
  return {
    english: `The kernel used all of the ${limit} of memory that ${type} has, and was ended. Choose a larger instance type, such as ${next}, at the top right of the notebook, or work on less data at a time.`,
    korean: `커널이 ${type}의 메모리 ${limit}를 모두 사용하여 종료되었습니다. 노트북 오른쪽 위에서 ${next}처럼 더 큰 인스턴스 유형을 선택하거나, 한 번에 다루는 데이터를 줄이세요.`,
  };
}

/** The smallest that has more memory; of two alike the one with fewer GPUs. */
export function nextLarger(
  size: InstanceTypeSettings,
  offered: readonly InstanceTypeSettings[],
): InstanceTypeSettings | undefined {
  return offered
    .filter(({ memoryMebibytes }) => memoryMebibytes > size.memoryMebibytes)
    .sort(
      (left, right) =>
        gpuCountOf(left) - gpuCountOf(right) || left.memoryMebibytes - right.memoryMebibytes,
    )[0];
}

function gpuCountOf({ gpuCount = 0 }: InstanceTypeSettings): number {
  return gpuCount;
}

function gibibytes(mebibytes: number): string {
  return `${Number((mebibytes / 1024).toFixed(1))} GiB`;
}
