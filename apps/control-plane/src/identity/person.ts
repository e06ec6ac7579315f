import type { Language, ProfileName, Role, Theme } from '@strongroom/contracts';

/** One user profile: what the domain file says of it, joined with what the state keeps. */
export interface Person {
  readonly profileName: ProfileName;
  readonly displayName: string;
  readonly role: Role;
  readonly team: string;
  readonly disabled: boolean;
  /** The uid that this person's sandboxes are to the host; from 200000 up, never given twice. */
  readonly hostUid: number;
  readonly language: Language;
  readonly theme: Theme;
  readonly createdAt: Date;
}
