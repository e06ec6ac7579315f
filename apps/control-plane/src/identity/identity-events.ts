import { EventEmitter } from 'node:events';
import type { Language, ProfileName } from '@strongroom/contracts';

export interface IdentityEventMap {
  /** A session began that may be used: its person's password is their own. */
  signedIn: [{ profileName: ProfileName; sessionId: string }];
  /** Signed out, expired, or ended by an administrator or a password change. */
  sessionEnded: [{ profileName: ProfileName; sessionId: string }];
  disabled: [{ profileName: ProfileName }];
  /** From the console or from the domain file; their sessions ended before. */
  removed: [{ profileName: ProfileName; deleteHome: boolean }];
  languageChanged: [{ profileName: ProfileName; language: Language }];
}

/** What happens to people and sessions, told after it is stored. Listeners must not throw. */
export class IdentityEvents extends EventEmitter<IdentityEventMap> {}
