export interface Mentionable {
  readonly profileName: string;
  readonly displayName: string;
}

interface MentionBegun {
  /** Of the `@`. */
  readonly start: number;
  /** What was typed after it. */
  readonly query: string;
}

const shownAtOnce = 6;

/** The mention that is being typed at the caret, where one is. */
export function mentionAt(text: string, caret: number): MentionBegun | undefined {
  const begun = /(?:^|[\s(])@([^\s@]{0,40})$/.exec(text.slice(0, caret));
  const query = begun?.[1];
  return query === undefined ? undefined : { start: caret - query.length - 1, query };
}

/** By the beginning of the user name or by any part of the full name. */
export function whomToMention<Person extends Mentionable>(
  people: readonly Person[],
  query: string,
): Person[] {
  const asked = query.toLocaleLowerCase();
  const isMeant = ({ profileName, displayName }: Person) =>
    profileName.startsWith(asked) || displayName.toLocaleLowerCase().includes(asked);
  return people.filter(isMeant).slice(0, shownAtOnce);
}

/** The text with the mention written out, and where the caret is then. */
export function completeMention(
  text: string,
  { start, query }: MentionBegun,
  profileName: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(start + 1 + query.length);
  const written = `${text.slice(0, start)}@${profileName} `;
  return { text: written + rest.trimStart(), caret: written.length };
}

interface TextPart {
  readonly text: string;
  readonly isMention: boolean;
}

/** A comment's text, with those who were mentioned set apart. */
export function partsOf(text: string, mentions: readonly string[]): TextPart[] {
  return text.split(/(@[a-z][a-z0-9-]*)/).flatMap((part) => {
    if (part === '') return [];
    return { text: part, isMention: part[0] === '@' && mentions.includes(part.slice(1)) };
  });
}
