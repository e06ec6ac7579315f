import type { ErrorCode, Language } from '@strongroom/contracts';

export interface NoticeText {
  readonly title: string;
  readonly paragraph: string;
}

export interface NoticeLabels {
  readonly toConsole: string;
  readonly reference: string;
  readonly rule: string;
}

export const noticeLabels: Readonly<Record<Language, NoticeLabels>> = {
  en: {
    toConsole: 'Launch the studio from the console',
    reference: 'Reference',
    rule: 'Rule',
  },
  ko: { toConsole: '콘솔에서 스튜디오 시작하기', reference: '참조 번호', rule: '규칙' },
};

const english: Partial<Record<ErrorCode, NoticeText>> = {
  NotSignedIn: {
    title: 'You are not signed in to this studio',
    paragraph:
      'Your session has ended or this browser never opened the studio. Sign in at the console and launch it there.',
  },
  PresignedUrlInvalid: {
    title: 'This link does not open this studio',
    paragraph:
      'It is incomplete, or it was made for another studio. Launch the studio from the console again.',
  },
  PresignedUrlUsed: {
    title: 'This link was used already',
    paragraph:
      'Each link opens a studio once. Launch the studio from the console to get a new one.',
  },
  PresignedUrlExpired: {
    title: 'This link has expired',
    paragraph: 'A link lasts one minute. Launch the studio from the console to get a new one.',
  },
  PersonDisabled: {
    title: 'This profile is disabled',
    paragraph:
      'An administrator of the domain has disabled it. Ask them if you think this is a mistake.',
  },
  AccessDenied: {
    title: 'This studio is closed to you',
    paragraph:
      'A policy of the domain does not let you in. An administrator of the domain can tell you more.',
  },
  CrossSiteRequest: {
    title: 'This request came from another site',
    paragraph: 'For your safety a studio answers only its own pages. Open it from the console.',
  },
  FileNotFound: {
    title: 'There is nothing at this address',
    paragraph: 'The address may be mistyped. Your studio is one step away.',
  },
  InvalidRequest: {
    title: 'This address cannot be read',
    paragraph:
      'It contains something that no address of a studio has. Open the studio from the console.',
  },
  TooManyRequests: {
    title: 'This studio is busy',
    paragraph: 'Too much is being asked of it at once. Wait a moment and reload the page.',
  },
  StudioStopped: {
    title: 'This studio has stopped',
    paragraph: 'Its files are safe. Launch it from the console to go on.',
  },
  ServerDidNotStart: {
    title: 'The studio did not start',
    paragraph: 'Launch it again. If it fails again, give an administrator the reference below.',
  },
  SandboxUnavailable: {
    title: 'This machine could not open a sandbox',
    paragraph:
      'Give an administrator of the domain the reference below. Your files can be downloaded from the console.',
  },
  DiskFull: {
    title: 'The disk is full',
    paragraph: 'An administrator must free space before the studio can start. Your files are safe.',
  },
  HomeUnavailable: {
    title: 'Your files could not be opened',
    paragraph:
      'The key of the homes may be disabled. Give an administrator of the domain the reference below.',
  },
};

const korean: Partial<Record<ErrorCode, NoticeText>> = {
  NotSignedIn: {
    title: '이 스튜디오에 로그인되어 있지 않습니다',
    paragraph:
      '세션이 끝났거나 이 브라우저에서 스튜디오를 연 적이 없습니다. 콘솔에 로그인한 뒤 스튜디오를 시작하십시오.',
  },
  PresignedUrlInvalid: {
    title: '이 링크로는 이 스튜디오를 열 수 없습니다',
    paragraph:
      '링크가 온전하지 않거나 다른 스튜디오의 링크입니다. 콘솔에서 스튜디오를 다시 시작하십시오.',
  },
  PresignedUrlUsed: {
    title: '이미 사용한 링크입니다',
    paragraph:
      '링크 하나로 스튜디오를 한 번만 열 수 있습니다. 콘솔에서 시작하면 새 링크를 받습니다.',
  },
  PresignedUrlExpired: {
    title: '만료된 링크입니다',
    paragraph: '링크는 1분 동안만 유효합니다. 콘솔에서 시작하면 새 링크를 받습니다.',
  },
  PersonDisabled: {
    title: '비활성화된 프로필입니다',
    paragraph:
      '도메인 관리자가 이 프로필을 비활성화했습니다. 착오라고 생각되면 관리자에게 문의하십시오.',
  },
  AccessDenied: {
    title: '이 스튜디오를 열 권한이 없습니다',
    paragraph:
      '도메인 정책에 따라 이 스튜디오에 들어갈 수 없습니다. 자세한 내용은 도메인 관리자에게 문의하십시오.',
  },
  CrossSiteRequest: {
    title: '다른 사이트에서 온 요청입니다',
    paragraph:
      '안전을 위해 스튜디오는 자신의 페이지에서 온 요청에만 응답합니다. 콘솔에서 스튜디오를 여십시오.',
  },
  FileNotFound: {
    title: '이 주소에는 아무것도 없습니다',
    paragraph: '주소를 잘못 입력했을 수 있습니다. 콘솔에서 스튜디오를 여십시오.',
  },
  InvalidRequest: {
    title: '읽을 수 없는 주소입니다',
    paragraph: '스튜디오 주소에 쓰이지 않는 문자가 들어 있습니다. 콘솔에서 스튜디오를 여십시오.',
  },
  TooManyRequests: {
    title: '스튜디오가 바쁩니다',
    paragraph: '한꺼번에 너무 많은 요청이 들어왔습니다. 잠시 후 페이지를 새로 고치십시오.',
  },
  StudioStopped: {
    title: '스튜디오가 중지되었습니다',
    paragraph: '파일은 안전합니다. 계속하려면 콘솔에서 스튜디오를 시작하십시오.',
  },
  ServerDidNotStart: {
    title: '스튜디오를 시작하지 못했습니다',
    paragraph: '다시 시작해 보십시오. 계속 실패하면 아래 참조 번호를 관리자에게 알려 주십시오.',
  },
  SandboxUnavailable: {
    title: '이 서버에서 샌드박스를 열지 못했습니다',
    paragraph:
      '아래 참조 번호를 도메인 관리자에게 알려 주십시오. 파일은 콘솔에서 내려받을 수 있습니다.',
  },
  DiskFull: {
    title: '디스크가 가득 찼습니다',
    paragraph: '관리자가 공간을 확보해야 스튜디오를 시작할 수 있습니다. 파일은 안전합니다.',
  },
  HomeUnavailable: {
    title: '파일을 열 수 없습니다',
    paragraph:
      '홈의 키가 비활성화되었을 수 있습니다. 아래 참조 번호를 도메인 관리자에게 알려 주십시오.',
  },
};

const other: Readonly<Record<Language, NoticeText>> = {
  en: {
    title: 'Strongroom could not answer',
    paragraph: 'Try again. If it fails again, give an administrator the reference below.',
  },
  ko: {
    title: '요청을 처리하지 못했습니다',
    paragraph: '다시 시도해 보십시오. 계속 실패하면 아래 참조 번호를 관리자에게 알려 주십시오.',
  },
};

export function noticeText(code: ErrorCode, language: Language): NoticeText {
  return (language === 'ko' ? korean : english)[code] ?? other[language];
}
