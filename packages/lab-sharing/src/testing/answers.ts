import type { ScanFinding, ShareCheck, ShareChoices, ShareSummary } from '@strongroom/contracts';

/** What the gateway may answer; the test of the parsers holds it against the contract. */
export const choices = {
  teams: ['research', 'risk'],
  people: [
    { profileName: 'bob', displayName: 'Bob Kim', team: 'research' },
    { profileName: 'min', displayName: '김민수', team: 'risk' },
  ],
  maximumDays: 30,
  defaultDays: 7,
  maximumNotebookBytes: 52_428_800,
} as unknown as ShareChoices;

export const finding: ScanFinding = {
  rule: 'phone-number',
  action: 'warn',
  cellIndex: 1,
  cellId: 'a1',
  part: 'output',
  line: 3,
  masked: '010*********',
};

export const check: ShareCheck = {
  ...{ findings: [finding], findingCount: 1, isBlocked: false },
  ...{ sizeBytes: 2_048, cellCount: 4 },
};

export const cleanCheck: ShareCheck = { ...check, findings: [], findingCount: 0 };

export const share = {
  shareId: 'AAAAAAAAAAAAAAAAAAAAAA',
  url: 'http://console.localhost:8000/shares/AAAAAAAAAAAAAAAAAAAAAA',
  title: 'loans.ipynb',
  owner: 'alice',
  ownerDisplayName: 'Alice',
  createdAt: '2026-11-28T10:00:00.000Z',
  expiresAt: '2026-12-05T10:00:00.000Z',
  state: 'active',
  revokedAt: null,
  revokedBy: null,
  audience: { everyone: false, teams: [], people: ['bob'] },
  latestVersion: {
    ...{ version: 1, createdAt: '2026-11-28T10:00:00.000Z', note: '', includesOutputs: true },
    ...{ sizeBytes: 2_048, cellCount: 4, sha256: 'a'.repeat(64) },
  },
  sourcePath: 'work/loans.ipynb',
  extendableUntil: '2026-12-28T10:00:00.000Z',
  viewCount: 2,
  openCommentCount: 0,
  may: { read: true, manage: true, comment: true },
} as unknown as ShareSummary;
