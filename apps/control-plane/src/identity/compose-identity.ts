import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { DomainFile } from '../config/domain-file.ts';
import type { State } from '../state/database.ts';
import { AccountHandovers } from './account-handovers.ts';
import { Accounts } from './accounts.ts';
import { Administration } from './administration.ts';
import { IdentityEvents } from './identity-events.ts';
import { PasswordHasher } from './password-hasher.ts';
import { PeopleDirectory } from './people-directory.ts';
import { PersonRecords } from './person-records.ts';
import { Sessions } from './sessions.ts';
import { SignInThrottle } from './sign-in-throttle.ts';

export interface IdentityOptions {
  readonly domainFile: DomainFile;
  readonly state: State;
  readonly clock: Clock;
  readonly audit: AuditLog;
}

/** People, their passwords and their sessions, joined. */
export function composeIdentity({ domainFile, state, clock, audit }: IdentityOptions) {
  const events = new IdentityEvents();
  events.on('sessionEnded', ({ profileName, sessionId }) => {
    audit.sessionEnded(profileName, sessionId);
  });
  const people = new PeopleDirectory(domainFile, state);
  const records = new PersonRecords(state, clock);
  const hasher = new PasswordHasher();
  const throttle = new SignInThrottle(clock);
  const sessions = new Sessions({ state, events, clock, ...domainFile.domain.sessions });
  const shared = { people, records, sessions, hasher, events };
  return {
    events,
    people,
    sessions,
    accounts: new Accounts({ ...shared, throttle }),
    administration: new Administration({
      ...{ ...shared, domainFile },
      handovers: new AccountHandovers(state, clock),
    }),
    /** Before the first sign-in. */
    prepare: () => hasher.prepare(),
  };
}
