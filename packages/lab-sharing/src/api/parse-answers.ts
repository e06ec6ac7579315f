import type {
  ScanFinding,
  ShareAudience,
  ShareCheck,
  ShareChoices,
  ShareList,
  ShareSummary,
  ShareVersion,
} from '@strongroom/contracts';
import { hasFields, isCount, isListOf, isText, isTextOrNull, property } from './read-json.ts';

/**
 * Reads the answers of the gateway; null where it is not one. By hand, because the contract's schema
 * library would lengthen Lab's first page; the test holds both together.
 */
export function parseChoices(value: unknown): ShareChoices | null {
  const isRead = hasFields(value, {
    teams: (teams) => isListOf(teams, isText),
    people: (people) => isListOf(people, isChoosable),
    maximumDays: isNumber,
    defaultDays: isNumber,
    maximumNotebookBytes: isCount,
  });
  return isRead ? (value as ShareChoices) : null;
}

export function parseCheck(value: unknown): ShareCheck | null {
  const isRead = hasFields(value, {
    findings: (findings) => isListOf(findings, isFinding),
    findingCount: isCount,
    isBlocked: isBoolean,
    sizeBytes: isCount,
    cellCount: isCount,
  });
  return isRead ? (value as ShareCheck) : null;
}

export function parseShareList(value: unknown): ShareList | null {
  return isListOf(property(value, 'shares'), isShare) ? (value as ShareList) : null;
}

export function parseShare(value: unknown): ShareSummary | null {
  return isShare(value) ? value : null;
}

const rules: Readonly<Record<ScanFinding['rule'], true>> = {
  'cloud-key': true,
  token: true,
  'private-key': true,
  'password-in-url': true,
  'resident-registration-number': true,
  'foreigner-registration-number': true,
  'card-number': true,
  'account-number': true,
  'phone-number': true,
  'email-address': true,
};

function isFinding(value: unknown): value is ScanFinding {
  return hasFields(value, {
    rule: (rule) => isText(rule) && Object.hasOwn(rules, rule),
    action: isOneOf('block', 'warn'),
    cellIndex: isCount,
    cellId: isTextOrNull,
    part: isOneOf('source', 'output', 'metadata', 'attachment'),
    line: isCount,
    masked: isText,
  });
}

function isShare(value: unknown): value is ShareSummary {
  return hasFields(value, {
    shareId: isText,
    url: isWebAddress,
    title: isText,
    ownerDisplayName: isText,
    expiresAt: isText,
    state: isOneOf('active', 'expired', 'revoked'),
    audience: isAudience,
    latestVersion: isVersion,
    sourcePath: isTextOrNullOrAbsent,
    extendableUntil: isTextOrNullOrAbsent,
    viewCount: (count) => count === null || isCount(count),
    openCommentCount: isCount,
    may: (may) => hasFields(may, { read: isBoolean, manage: isBoolean, comment: isBoolean }),
  });
}

function isAudience(value: unknown): value is ShareAudience {
  return hasFields(value, {
    everyone: isBoolean,
    teams: (teams) => isListOf(teams, isText),
    people: (people) => isListOf(people, isText),
  });
}

function isVersion(value: unknown): value is ShareVersion {
  return hasFields(value, { version: isCount, createdAt: isText, includesOutputs: isBoolean });
}

function isChoosable(value: unknown): value is ShareChoices['people'][number] {
  return hasFields(value, { profileName: isText, displayName: isText, team: isText });
}

/** It becomes a link: nothing that a browser would run. */
function isWebAddress(value: unknown): boolean {
  return isText(value) && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}

function isTextOrNullOrAbsent(value: unknown): boolean {
  return value === undefined || isTextOrNull(value);
}

function isOneOf(...words: readonly string[]): (value: unknown) => boolean {
  return (value) => isText(value) && words.includes(value);
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number';
}
