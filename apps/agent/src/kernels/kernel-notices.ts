import type { Language, Sentence } from '@strongroom/contracts';
import type { KernelEnd } from './kernel-process.ts';
import type { OutputLimits } from './output-gate.ts';

const bytesPerKibibyte = 1024;
const bytesPerMebibyte = 1024 * bytesPerKibibyte;
const bytesPerGibibyte = 1024 * bytesPerMebibyte;

/** What the agent itself writes into a cell's output, in the person's language. */
export interface KernelNotices {
  outputLimited(limits: OutputLimits): string;
  /** One output was too large to be taken. */
  outputLost(limitBytes: number): string;
  /** To a client that was slow or away. */
  outboxShortened(limitBytes: number): string;
  /** Written into the cell that was running. */
  ended(end: KernelEnd): string;
  /** The reason a kernel is not started again, for the dialog. */
  notRestarted(end: KernelEnd, endCount: number): string;
  neverStarted(seconds: number): string;
  stoppedInConsole(): string;
  /** Why a notebook that runs as a job did not come to its end. */
  endedInJob(end: KernelEnd): string;
  /** The control plane ended it, and says why. */
  endedFor(reason: Sentence): string;
  /** A cell that ran on while nobody watched has written more than is kept for it. */
  recordShortened(limitBytes: number): string;
}

const english: KernelNotices = {
  outputLimited: (limits) =>
    `\nThe output comes faster than a notebook can show (more than ${mebibytes(limits.burstBytes)} or ${limits.burstMessages} messages at once, then ${kibibytes(limits.bytesPerSecond)} or ${limits.messagesPerSecond} messages a second). Part of it is left out; the cell runs on. Write large results to a file, or print less often.\n`,
  outputLost: (limitBytes) =>
    `\nAn output of this cell was too large to show (more than ${mebibytes(limitBytes)} at once) and is left out. Write large results to a file.\n`,
  outboxShortened: (limitBytes) =>
    `\nThis page was disconnected, or its connection is slower than the output: the studio keeps the last ${mebibytes(limitBytes)} for it and has left out what is older.\n`,
  ended: (end) => `\n${englishEnd(end)} Its variables are lost; the kernel is started again.\n`,
  notRestarted: (end, endCount) =>
    `${englishEnd(end)} It ended ${endCount} times shortly after its start, so it is not started again by itself. Start it from the Kernel menu once the cause is mended.`,
  neverStarted: (seconds) =>
    `The kernel did not answer within ${seconds} seconds of its start, so it was stopped. Look for start-up code that waits or runs long (~/.ipython/profile_default/startup, a package it imports), then start it again from the Kernel menu.`,
  stoppedInConsole: () =>
    'This kernel was stopped in the console. Start it from the Kernel menu when you need it again.',
  endedInJob: (end) => englishEnd(end),
  endedFor: (reason) => englishReason(reason),
  recordShortened: (limitBytes) =>
    `\nThis cell has written more than the studio keeps for it (${mebibytes(limitBytes)}); what came after is left out. Write large results to a file.\n`,
};

const korean: KernelNotices = {
  outputLimited: (limits) =>
    `\n출력이 노트북에 표시할 수 있는 속도보다 빠릅니다(한 번에 ${mebibytes(limits.burstBytes)} 또는 메시지 ${limits.burstMessages}개, 그 뒤로는 초당 ${kibibytes(limits.bytesPerSecond)} 또는 메시지 ${limits.messagesPerSecond}개 초과). 일부 출력을 생략하며, 셀은 계속 실행됩니다. 큰 결과는 파일에 쓰거나 출력 횟수를 줄이세요.\n`,
  outputLost: (limitBytes) =>
    `\n이 셀의 출력 하나가 너무 커서(한 번에 ${mebibytes(limitBytes)} 초과) 생략되었습니다. 큰 결과는 파일에 쓰세요.\n`,
  outboxShortened: (limitBytes) =>
    `\n이 페이지의 연결이 끊겼거나 출력보다 느립니다. 스튜디오는 마지막 ${mebibytes(limitBytes)}를 보관하며, 그보다 오래된 출력은 생략되었습니다.\n`,
  ended: (end) => `\n${koreanEnd(end)} 변수는 사라졌으며, 커널을 다시 시작합니다.\n`,
  notRestarted: (end, endCount) =>
    `${koreanEnd(end)} 시작 직후 ${endCount}번 종료되어 자동으로 다시 시작하지 않습니다. 원인을 해결한 뒤 커널 메뉴에서 시작하세요.`,
  neverStarted: (seconds) =>
    `커널이 시작 후 ${seconds}초 안에 응답하지 않아 중지했습니다. 기다리거나 오래 걸리는 시작 코드(~/.ipython/profile_default/startup, 가져오는 패키지)를 확인한 뒤 커널 메뉴에서 다시 시작하세요.`,
  stoppedInConsole: () =>
    '콘솔에서 이 커널을 중지했습니다. 다시 필요하면 커널 메뉴에서 시작하세요.',
  endedInJob: (end) => koreanEnd(end),
  endedFor: (reason) => koreanReason(reason),
  recordShortened: (limitBytes) =>
    `\n이 셀의 출력이 스튜디오가 보관하는 한도(${mebibytes(limitBytes)})를 넘어 그 뒤의 출력은 생략되었습니다. 큰 결과는 파일에 쓰세요.\n`,
};

export function kernelNoticesIn(language: Language): KernelNotices {
  return language === 'ko' ? korean : english;
}

function englishEnd(end: KernelEnd): string {
  if (end.cause === 'unreachable') return 'The kernel closed its connections and was stopped.';
  if (end.cause === 'silent') return 'The kernel did not answer and was stopped.';
  if (end.cause === 'stopped') return 'The kernel was stopped.';
  const { exitCode, signal, outOfMemory, memoryLimitBytes, reason } = end.exit;
  if (reason !== null) return englishReason(reason);
  if (outOfMemory) {
    return `The kernel used all of its ${gibibytes(memoryLimitBytes)} of memory and was stopped. The notebook is safe. Work on less data at a time (read fewer columns or rows, delete what is no longer needed), or choose an instance type with more memory.`;
  }
  return signal === null
    ? `The kernel ended unexpectedly (exit code ${exitCode ?? 'unknown'}).`
    : `The kernel ended unexpectedly (signal ${signal}).`;
}

/** The control plane says what happened and what to do. */
function englishReason({ english }: Sentence): string {
  return `${english} The notebook is safe.`;
}

function koreanReason({ korean }: Sentence): string {
  return `${korean} 노트북은 안전합니다.`;
}

function koreanEnd(end: KernelEnd): string {
  if (end.cause === 'unreachable') return '커널이 연결을 닫아 중지했습니다.';
  if (end.cause === 'silent') return '커널이 응답하지 않아 중지했습니다.';
  if (end.cause === 'stopped') return '커널이 중지되었습니다.';
  const { exitCode, signal, outOfMemory, memoryLimitBytes, reason } = end.exit;
  if (reason !== null) return koreanReason(reason);
  if (outOfMemory) {
    return `커널이 메모리 ${gibibytes(memoryLimitBytes)}를 모두 사용하여 중지되었습니다. 노트북은 안전합니다. 한 번에 다루는 데이터를 줄이거나(필요한 열과 행만 읽기, 쓰지 않는 변수 삭제) 메모리가 더 큰 인스턴스 유형을 선택하세요.`;
  }
  return signal === null
    ? `커널이 예기치 않게 종료되었습니다(종료 코드 ${exitCode ?? '알 수 없음'}).`
    : `커널이 예기치 않게 종료되었습니다(시그널 ${signal}).`;
}

function kibibytes(bytes: number): string {
  return `${Math.round(bytes / bytesPerKibibyte)} KiB`;
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / bytesPerMebibyte)} MiB`;
}

function gibibytes(bytes: number): string {
  return `${Number((bytes / bytesPerGibibyte).toFixed(1))} GiB`;
}
