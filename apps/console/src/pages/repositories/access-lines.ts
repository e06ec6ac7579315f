import {
  profileNameSchema,
  type RepositoryGrant,
  type RepositoryPermission,
} from '@strongroom/contracts';

/** A line of the editor. `subject`: `everyone`, `team:<team>`, `person:<profile name>`, or `''` while none is chosen. */
export interface AccessLine {
  readonly subject: string;
  readonly permission: RepositoryPermission;
}

const team = 'team:';
const person = 'person:';
export const everyone = 'everyone';
export const teamSubject = (name: string) => `${team}${name}`;
export const personSubject = (profileName: string) => `${person}${profileName}`;

export function linesOf(access: readonly RepositoryGrant[]): AccessLine[] {
  return access.map(({ to, permission }) => ({ subject: subjectOf(to), permission }));
}

function subjectOf(to: RepositoryGrant['to']): string {
  if (to === 'everyone') return everyone;
  return 'team' in to ? teamSubject(to.team) : personSubject(to.profileName);
}

/** Lines in which nobody is chosen grant nothing. */
export function grantsOf(lines: readonly AccessLine[]): RepositoryGrant[] {
  return lines
    .filter(({ subject }) => subject !== '')
    .map(({ subject, permission }) => ({ to: toOf(subject), permission }));
}

function toOf(subject: string): RepositoryGrant['to'] {
  if (subject === everyone) return everyone;
  if (subject.startsWith(team)) return { team: subject.slice(team.length) };
  return { profileName: profileNameSchema.parse(subject.slice(person.length)) };
}

/** Why a line cannot be saved as it is. */
export function lineProblem(
  lines: readonly AccessLine[],
  index: number,
): 'accessUnfinished' | 'accessTwice' | undefined {
  const subject = lines[index]?.subject ?? '';
  if (subject === '') return 'accessUnfinished';
  const isTwice = lines.findIndex((each) => each.subject === subject) !== index;
  return isTwice ? 'accessTwice' : undefined;
}

export function areReady(lines: readonly AccessLine[]): boolean {
  return lines.every((_, index) => lineProblem(lines, index) === undefined);
}
