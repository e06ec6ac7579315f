import type { DomainPerson } from '@strongroom/domain';
import { addEntryToText, removeEntryFromText } from './edit-list.ts';

const listName = 'people';

/** The text with one more person at the end of `people`. */
export function addPersonToText(text: string, person: DomainPerson): string {
  const { profileName, displayName, role, team } = person;
  return addEntryToText(text, listName, { profileName, displayName, role, team });
}

/** The text without the person of this name. */
export function removePersonFromText(text: string, profileName: string): string {
  return removeEntryFromText(text, { listName, key: 'profileName', name: profileName });
}
