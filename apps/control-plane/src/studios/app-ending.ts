import type { Sentence } from '@strongroom/contracts';

/** Why the control plane ends an app. */
export interface AppEnding {
  /** One English sentence, shown with the app in the console. */
  readonly reason: string;
  /** For the person in the notebook: what happened and what to do; null where they did it there themselves. */
  readonly told: Sentence | null;
}

/** An ending that whoever used the app did not bring about there. */
export function endingOf(told: Sentence): AppEnding {
  return { reason: told.english.replace(/\.$/, ''), told };
}

/** One that the agent asked for, or that takes the agent with it: nobody is left to be told. */
export function silentEnding(reason: string): AppEnding {
  return { reason, told: null };
}

export const stoppedInConsole: AppEnding = {
  reason: 'Stopped in the console',
  told: {
    english:
      'This kernel was stopped in the console. Start it from the Kernel menu when you need it again.',
    korean: '콘솔에서 이 커널을 중지했습니다. 다시 필요하면 커널 메뉴에서 시작하세요.',
  },
};

export const stoppedInStudio: AppEnding = {
  reason: 'Stopped in the studio',
  told: {
    english: 'This kernel was stopped. Start it from the Kernel menu when you need it again.',
    korean: '이 커널을 중지했습니다. 다시 필요하면 커널 메뉴에서 시작하세요.',
  },
};

export const noLongerAllowed: AppEnding = {
  reason: 'A policy no longer allows it',
  told: {
    english:
      'A policy of this domain no longer allows this kernel, so it was ended. Choose another instance type or image, or ask an administrator.',
    korean:
      '이 도메인의 정책이 이 커널을 더 이상 허용하지 않아 종료했습니다. 다른 인스턴스 유형이나 이미지를 선택하거나 관리자에게 문의하세요.',
  },
};
