import type { Language, ScanRule } from '@strongroom/contracts';
import type { PushFinding, PushReport } from './push-messages-schema.ts';

/** Why a push is refused, in words for a program and for the person who pushed. */
export interface PushProblem {
  readonly code:
    | 'ProtectedBranch'
    | 'DefaultBranchDeleted'
    | 'RefNameRefused'
    | 'AccessDenied'
    | 'FileTooLarge'
    | 'ContentBlocked';
  readonly english: string;
  readonly korean: string;
}

export function protectedBranch(branch: string, act: 'delete' | 'rewrite'): PushProblem {
  const isDeletion = act === 'delete';
  return {
    code: 'ProtectedBranch',
    english: isDeletion
      ? `The branch "${branch}" is protected: nobody deletes it.`
      : `The branch "${branch}" is protected: nobody rewrites its history. Pull first, then push without force.`,
    korean: isDeletion
      ? `"${branch}" 브랜치는 보호되어 있어 삭제할 수 없습니다.`
      : `"${branch}" 브랜치는 보호되어 있어 이력을 다시 쓸 수 없습니다. 먼저 풀(pull)한 다음 강제 옵션 없이 푸시하세요.`,
  };
}

export function defaultBranchDeleted(branch: string): PushProblem {
  return {
    code: 'DefaultBranchDeleted',
    english: `The branch "${branch}" is the default branch: choose another one first, then delete it.`,
    korean: `"${branch}"은(는) 기본 브랜치입니다. 다른 기본 브랜치를 지정한 후 삭제하세요.`,
  };
}

export function refNameRefused(ref: string): PushProblem {
  return {
    code: 'RefNameRefused',
    english: `"${ref}" cannot be pushed: only branches (refs/heads/), tags (refs/tags/) and notes (refs/notes/) are kept.`,
    korean: `"${ref}"은(는) 푸시할 수 없습니다. 브랜치(refs/heads/), 태그(refs/tags/), 노트(refs/notes/)만 저장합니다.`,
  };
}

export function refDenied(
  ref: string,
  { sentence, koreanSentence }: { sentence: string; koreanSentence: string },
): PushProblem {
  return {
    code: 'AccessDenied',
    english: `"${ref}": ${sentence}`,
    korean: `"${ref}": ${koreanSentence}`,
  };
}

export function fileTooLarge({ commit, path, sizeBytes }: PushReport['tooLarge'][number]) {
  const size = `${Math.ceil(sizeBytes / 1024 ** 2)} MB`;
  const where = `${commit.slice(0, 10)} ${visible(path)}`;
  return {
    code: 'FileTooLarge',
    english: `${where} has ${size}, which is more than a repository takes: keep it with Git LFS.`,
    korean: `${where} 파일은 ${size}로 리포지토리의 허용 크기를 넘습니다. Git LFS로 저장하세요.`,
  } satisfies PushProblem;
}

export function contentBlocked(finding: PushFinding): PushProblem {
  const { english, korean } = describeFinding(finding);
  return { code: 'ContentBlocked', english, korean };
}

/** A commit, a file, a place in it, what kind of thing, and that thing masked. */
function describeFinding(finding: PushFinding): { english: string; korean: string } {
  const { commit, path, cell, line, rule, masked } = finding;
  const name = ruleNames[rule];
  const file = `${commit.slice(0, 10)} ${visible(path)}`;
  const cellText = {
    en: cell === null ? '' : `, cell ${cell + 1}`,
    ko: cell === null ? '' : `, ${cell + 1}번 셀`,
  };
  const lineText = {
    en: line === null ? '' : `, line ${line}`,
    ko: line === null ? '' : `, ${line}행`,
  };
  return {
    english: `${file}${cellText.en}${lineText.en}: ${name.english} (${visible(masked)})`,
    korean: `${file}${cellText.ko}${lineText.ko}: ${name.korean} (${visible(masked)})`,
  };
}

const blockedEnd = {
  english:
    'Nothing was pushed. Take it out of the commit that it is in, not only out of the last one, then push again.',
  korean:
    '푸시하지 않았습니다. 마지막 커밋만이 아니라 해당 내용이 들어 있는 커밋에서 제거한 후 다시 푸시하세요.',
};
const warningStart = {
  english: 'Look at this again; it was pushed all the same:',
  korean: '아래 내용을 다시 확인하세요. 푸시는 완료되었습니다.',
};
const blockedStart = {
  english: 'Found in what you push:',
  korean: '푸시하려는 내용에서 다음이 발견되었습니다.',
};

/** As `remote:` lines. */
export function messagesOf(
  language: Language,
  {
    problems,
    warnings,
    furtherFindingCount,
  }: {
    readonly problems: readonly PushProblem[];
    readonly warnings: readonly PushFinding[];
    readonly furtherFindingCount: number;
  },
): string[] {
  const say = ({ english, korean }: { english: string; korean: string }) =>
    language === 'ko' ? korean : english;
  const further = {
    english: `… and ${furtherFindingCount} more.`,
    korean: `… 외 ${furtherFindingCount}건이 더 있습니다.`,
  };
  const end = furtherFindingCount > 0 ? [say(further)] : [];
  if (problems.length > 0) {
    const isContent = problems.some(({ code }) => code === 'ContentBlocked');
    return [
      ...(isContent ? [say(blockedStart)] : []),
      ...problems.map(say),
      ...end,
      ...(isContent ? [say(blockedEnd)] : []),
    ];
  }
  if (warnings.length === 0) return [];
  return [say(warningStart), ...warnings.map((each) => say(describeFinding(each))), ...end];
}

const ruleNames: Readonly<Record<ScanRule, { english: string; korean: string }>> = {
  'cloud-key': { english: 'a cloud access key', korean: '클라우드 액세스 키' },
  token: { english: 'a token or password', korean: '토큰 또는 비밀번호' },
  'private-key': { english: 'a private key', korean: '개인 키' },
  'password-in-url': { english: 'a password in an address', korean: '주소에 포함된 비밀번호' },
  'resident-registration-number': {
    english: 'a resident registration number',
    korean: '주민등록번호',
  },
  'foreigner-registration-number': {
    english: "a foreigner's registration number",
    korean: '외국인등록번호',
  },
  'card-number': { english: 'a card number', korean: '카드 번호' },
  'account-number': { english: 'an account number', korean: '계좌 번호' },
  'phone-number': { english: 'a phone number', korean: '전화번호' },
  'email-address': { english: 'an e-mail address', korean: '이메일 주소' },
};

/** A path may hold what a terminal would obey. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\ufffd').slice(0, 300);
}
