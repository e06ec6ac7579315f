import type { DomainPerson } from '@strongroom/domain';
import { addEntryToText, removeEntryFromText } from './edit-list.ts';

const listName = 'people';

/** The text with one more person at the end of `people`. */
export function addPersonToText(text: string, person: DomainPerson): string {
  const { profileName, displayName, role, team } = person;
  return addEntryToText(text, listName, { profileName, displayName, role, team });
}

/**
 * The text without the person of this name, and without what it says of them alone: a file with a
 * budget of nobody is refused, and so is one that holds nobody off the internet.
 */
export function removePersonFromText(text: string, profileName: string): string {
  const entry = { key: 'profileName', name: profileName };
  const withoutPerson = removeEntryFromText(text, { listPath: [listName], ...entry });
  const withoutBudget = removeEntryFromText(withoutPerson, {
    ...{ listPath: ['budgets', 'people'], ...entry },
  });
  return removeEntryFromText(withoutBudget, {
    ...{ listPath: ['egress', 'alwaysOff'], name: profileName },
  });
}
