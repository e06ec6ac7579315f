import type { Sentence } from '@strongroom/contracts';

const takenAway = ['NODE_FAIL', 'BOOT_FAIL', 'PREEMPTED', 'TIMEOUT', 'DEADLINE', 'CANCELLED'];

/** Whether a job's state is the cluster's doing and not its own. */
export function isTakenAway(state: string | undefined): boolean {
  return state !== undefined && takenAway.includes(state);
}

/** What a person is told whose kernel the cluster took away. `state`: the job's, where Slurm knows it. */
export function jobEndSentence(state: string | undefined, nodeName: string): Sentence {
  switch (state) {
    case 'NODE_FAIL':
    case 'BOOT_FAIL':
      return withAdvice({
        english: `The cluster's node "${nodeName}", which this kernel ran on, failed.`,
        korean: `이 커널을 실행하던 클러스터 노드 "${nodeName}"에 장애가 발생했습니다.`,
      });
    case 'PREEMPTED':
      return withAdvice({
        english: 'The cluster gave the place of this kernel to a job of higher priority.',
        korean: '클러스터가 이 커널의 자리를 우선순위가 더 높은 작업에 내주었습니다.',
      });
    case 'TIMEOUT':
    case 'DEADLINE':
      return withAdvice({
        english: "This kernel reached the time limit of the cluster's partition.",
        korean: '이 커널이 클러스터 파티션의 시간 제한에 도달했습니다.',
      });
    case 'CANCELLED':
      return withAdvice({
        english: "The cluster's administrator cancelled the job of this kernel.",
        korean: '클러스터 관리자가 이 커널의 작업을 취소했습니다.',
      });
    default:
      return withAdvice({
        english: `The connection to the cluster's node "${nodeName}", which this kernel ran on, was lost.`,
        korean: `이 커널을 실행하던 클러스터 노드 "${nodeName}"와의 연결이 끊어졌습니다.`,
      });
  }
}

function withAdvice({ english, korean }: Sentence): Sentence {
  return {
    english: `${english} The kernel ended and its variables are lost; the notebook and its outputs are safe. Start the kernel again from the Kernel menu.`,
    korean: `${korean} 커널이 종료되어 변수는 사라졌지만 노트북과 출력은 안전합니다. 커널 메뉴에서 커널을 다시 시작하세요.`,
  };
}
