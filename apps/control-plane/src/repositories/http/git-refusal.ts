import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Language, StrongroomError } from '@strongroom/contracts';
import { errorStatus } from '../../http/error-status.ts';

/** Git shows the text of a refusal as `remote:` lines where it is plain. */
export function sendGitRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: {
    readonly status: number;
    readonly text: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = `${refusal.text}\n`;
  response.writeHead(refusal.status, {
    ...refusal.headers,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Whatever else comes of the request is not read.
    ...(request.complete ? {} : { connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** Where Git has no words of ours for it, the English ones. */
export function sendGitError(
  request: IncomingMessage,
  response: ServerResponse,
  error: StrongroomError,
  { language, reference }: { readonly language: Language; readonly reference: string },
): void {
  const { retryAfterSeconds, koreanSentence } = error.values;
  const sentence =
    language === 'ko' && typeof koreanSentence === 'string'
      ? koreanSentence
      : (koreanMessages[language]?.[error.code] ?? error.message);
  sendGitRefusal(request, response, {
    status: errorStatus[error.code],
    text: `${sentence} (${error.code}, ${reference})`,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
  });
}

const koreanMessages: Partial<Record<Language, Partial<Record<StrongroomError['code'], string>>>> =
  {
    ko: {
      RepositoryNotFound: '이 이름의 리포지토리가 없습니다.',
      RepositoryUnavailable: '리포지토리를 열 수 없습니다. 관리자에게 참조 번호를 알려 주세요.',
      KeyUnavailable: '리포지토리를 여는 키가 사용 중지되었습니다. 관리자에게 문의하세요.',
      DiskFull: '리포지토리를 저장할 공간이 없습니다. 관리자에게 문의하세요.',
      AuditUnavailable: '감사 기록을 남길 수 없어 처리하지 않았습니다.',
      TooManyRequests: '동시에 진행 중인 Git 요청이 너무 많습니다. 잠시 후 다시 시도하세요.',
      Internal: '예기치 않은 오류가 발생했습니다.',
    },
  };
