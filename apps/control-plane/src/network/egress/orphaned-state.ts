import type { EgressRequest, EgressState, ProfileName } from '@strongroom/contracts';
import type { People } from '../../identity/people.ts';

/** What becomes of a request whose people are gone; undefined where it stays as it is. */
export async function orphanedState(
  { state, subject, requestedBy, requestedAt }: EgressRequest,
  people: Pick<People, 'find'>,
): Promise<EgressState | undefined> {
  if (state !== 'Pending' && state !== 'Approved') return undefined;
  /** Not only somebody of that name: the same person as then. */
  const wasThere = async (profileName: ProfileName) => {
    const person = await people.find(profileName);
    return person !== undefined && person.createdAt.getTime() <= Date.parse(requestedAt);
  };
  const isAboutThemWhoAreGone = subject.kind === 'person' && !(await wasThere(subject.profileName));
  if (isAboutThemWhoAreGone) return state === 'Approved' ? 'Ended' : 'Withdrawn';
  const isAskedByOneGone = state === 'Pending' && !(await wasThere(requestedBy));
  return isAskedByOneGone ? 'Withdrawn' : undefined;
}
