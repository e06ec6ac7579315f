import { type AppEnding, endingOf } from '../../studios/app-ending.ts';

/** What a person reads in the notebook whose kernel was ended for want of work. */
export function endedIdle(idleMinutes: number): AppEnding {
  const english = minutes(idleMinutes);
  const korean = koreanMinutes(idleMinutes);
  return endingOf({
    english: `This kernel did nothing for ${english}, so it was ended to save what it costs. Start it from the Kernel menu when you need it again.`,
    korean: `이 커널은 ${korean} 동안 작업이 없어 비용을 줄이기 위해 종료했습니다. 다시 필요하면 커널 메뉴에서 시작하세요.`,
  });
}

export function endedLifetime(maximumHours: number): AppEnding {
  const hours = Number(maximumHours.toFixed(2));
  return endingOf({
    english: `This kernel ran for ${hours} ${hours === 1 ? 'hour' : 'hours'}, the longest that its instance type permits, and was ended. Start it from the Kernel menu when you need it again, or run long work as a job.`,
    korean: `이 커널은 인스턴스 유형에서 허용하는 최대 실행 시간인 ${hours}시간을 넘어 종료했습니다. 다시 필요하면 커널 메뉴에서 시작하거나, 오래 걸리는 작업은 작업(Job)으로 실행하세요.`,
  });
}

/** A studio's own server: whoever opens the studio anew has it again. */
export const serverEndedIdle = (idleMinutes: number): AppEnding =>
  endingOf({
    english: `This studio did nothing for ${minutes(idleMinutes)} and was stopped. Launch it from the console when you need it again.`,
    korean: `이 스튜디오는 ${koreanMinutes(idleMinutes)} 동안 작업이 없어 중지했습니다. 다시 필요하면 콘솔에서 실행하세요.`,
  });

export const serverEndedLifetime = (maximumHours: number): AppEnding =>
  endingOf({
    english: `This studio ran for ${Number(maximumHours.toFixed(2))} hours, the longest permitted, and was stopped. Launch it from the console when you need it again.`,
    korean: `이 스튜디오는 허용된 최대 실행 시간인 ${Number(maximumHours.toFixed(2))}시간을 넘어 중지했습니다. 다시 필요하면 콘솔에서 실행하세요.`,
  });

function minutes(count: number): string {
  const shown = Number(count.toFixed(1));
  return `${shown} ${shown === 1 ? 'minute' : 'minutes'}`;
}

function koreanMinutes(count: number): string {
  return `${Number(count.toFixed(1))}분`;
}
