import type { AuditRecord, TrailQuestion } from '@strongroom/audit-trail';
import type { ProfileName } from '@strongroom/contracts';

export interface Owner {
  readonly profileName: ProfileName;
  readonly team: string;
}

/**
 * What others did to this person's profile and studio, or tried to: visits and refusals at every
 * door, administration, and each change of what the studio may reach, also by way of the team or the
 * domain.
 */
export function accessesByOthers({ profileName, team }: Owner): TrailQuestion {
  return {
    mentions: [JSON.stringify(profileName), '"egress-changed"', '"egress-expired"'],
    fits({ event, fields }: AuditRecord): boolean {
      if (fields.profileName === profileName) return false;
      if (event === 'egress-changed' || event === 'egress-expired') {
        return isAbout(fields.subject, { profileName, team });
      }
      // A session that ends is nobody's access.
      return fields.target === profileName && event !== 'session-ended';
    },
  };
}

function isAbout(subject: unknown, { profileName, team }: Owner): boolean {
  const { kind, ...named } = (subject ?? {}) as Readonly<Record<string, unknown>>;
  if (kind === 'domain') return true;
  if (kind === 'team') return named.team === team;
  return kind === 'person' && named.profileName === profileName;
}
