import type { Language, Sentence } from '@strongroom/contracts';

/** What a job's owner reads in its log, and why it failed by no doing of the notebook. */
export const jobTexts = {
  attemptBegan: (attempt: number) => ({
    english: `Attempt ${attempt} began.`,
    korean: `${attempt}번째 시도를 시작했습니다.`,
  }),
  triedAgain: (seconds: number) => ({
    english: `It is tried again in ${seconds} seconds.`,
    korean: `${seconds}초 뒤에 다시 시도합니다.`,
  }),
  completed: { english: 'The notebook ran to its end.', korean: '노트북을 끝까지 실행했습니다.' },
  /** `cell` counts from 0. */
  inCell: (cell: number, { english, korean }: Sentence) => ({
    english: `Cell ${cell + 1}: ${english}`,
    korean: `셀 ${cell + 1}: ${korean}`,
  }),
  cancelled: { english: 'The job was cancelled.', korean: '작업을 취소했습니다.' },
  tooLong: (minutes: number) => ({
    english: `The job was ended: it ran for ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, the longest that it may.`,
    korean: `최대 실행 시간(${minutes}분)이 지나 작업을 종료했습니다.`,
  }),
  studioLost: {
    english: 'The studio that ran the notebook ended.',
    korean: '노트북을 실행하던 스튜디오가 종료되었습니다.',
  },
  studioStopped: {
    english: 'The studio that ran the notebook was stopped.',
    korean: '노트북을 실행하던 스튜디오를 누군가 중지했습니다.',
  },
  restarted: {
    english: 'The platform was restarted while the notebook ran.',
    korean: '노트북을 실행하는 동안 플랫폼이 다시 시작되었습니다.',
  },
  noLongerAllowed: {
    english: 'The owner of the job may not run jobs any more.',
    korean: '작업 소유자에게 작업을 실행할 권한이 더 이상 없습니다.',
  },
  silent: {
    english: 'The studio did not end the notebook when it was told to.',
    korean: '종료를 요청했지만 스튜디오가 노트북을 종료하지 않았습니다.',
  },
  outputNotStored: (bucket: string, why: string) => ({
    english: `The output notebook could not be put into the bucket "${bucket}": ${why}`,
    korean: `출력 노트북을 버킷 "${bucket}"에 저장하지 못했습니다: ${why}`,
  }),
} as const satisfies Readonly<Record<string, Sentence | ((...values: never[]) => Sentence)>>;

export function inLanguage({ english, korean }: Sentence, language: Language): string {
  return language === 'ko' ? korean : english;
}
