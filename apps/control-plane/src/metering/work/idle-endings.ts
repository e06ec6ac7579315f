import { type AppEnding, endingOf } from '../../studios/app-ending.ts';

/** What a person reads in the notebook whose kernel was ended for want of work. */
export function endedIdle(idleMinutes: number): AppEnding {
  return endingOf({
    english: `This kernel did nothing for ${counted(idleMinutes, 'minute')}, so it was ended to save what it costs. Start it from the Kernel menu when you need it again.`,
    korean: `이 커널은 ${shown(idleMinutes)}분 동안 작업이 없어 비용을 줄이기 위해 종료했습니다. 다시 필요하면 커널 메뉴에서 시작하세요.`,
  });
}

export function endedLifetime(maximumHours: number): AppEnding {
  return endingOf({
    english: `This kernel ran for ${counted(maximumHours, 'hour')}, the longest that its instance type permits, and was ended. Start it from the Kernel menu when you need it again, or choose an instance type that may run longer; an administrator can permit more.`,
    korean: `이 커널은 인스턴스 유형에 허용된 최대 실행 시간(${shown(maximumHours)}시간)에 도달하여 종료했습니다. 다시 필요하면 커널 메뉴에서 시작하거나 더 오래 실행할 수 있는 인스턴스 유형을 선택하세요. 시간을 늘려야 하면 관리자에게 문의하세요.`,
  });
}

/** A studio's own server: whoever opens the studio anew has it again. */
export function serverEndedIdle(idleMinutes: number): AppEnding {
  return endingOf({
    english: `This studio did nothing for ${counted(idleMinutes, 'minute')} and was stopped. Launch it from the console when you need it again.`,
    korean: `이 스튜디오는 ${shown(idleMinutes)}분 동안 작업이 없어 중지했습니다. 다시 필요하면 콘솔에서 실행하세요.`,
  });
}

export function serverEndedLifetime(maximumHours: number): AppEnding {
  return endingOf({
    english: `This studio ran for ${counted(maximumHours, 'hour')}, the longest permitted, and was stopped. Launch it from the console when you need it again.`,
    korean: `이 스튜디오는 허용된 최대 실행 시간(${shown(maximumHours)}시간)에 도달하여 중지했습니다. 다시 필요하면 콘솔에서 실행하세요.`,
  });
}

function counted(count: number, unit: 'hour' | 'minute'): string {
  return `${shown(count)} ${shown(count) === 1 ? unit : `${unit}s`}`;
}

function shown(count: number): number {
  return Number(count.toFixed(1));
}
