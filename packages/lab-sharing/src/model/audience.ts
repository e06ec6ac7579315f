import type { ShareAudience, ShareChoices } from '@strongroom/contracts';

/** A team or a person to share with. */
export type Choosable =
  | { readonly kind: 'team'; readonly key: string; readonly name: string }
  | {
      readonly kind: 'person';
      readonly key: string;
      readonly name: ShareAudience['people'][number];
      readonly displayName: string;
      readonly team: string;
    };

/** Teams first. */
export function choosables({ teams, people }: Pick<ShareChoices, 'teams' | 'people'>): Choosable[] {
  return [
    ...teams.map((name): Choosable => ({ kind: 'team', key: `team ${name}`, name })),
    ...people.map(
      ({ profileName, displayName, team }): Choosable => ({
        ...{ kind: 'person', key: `person ${profileName}`, name: profileName },
        ...{ displayName, team },
      }),
    ),
  ];
}

/** Every word is in its name, whatever the case. */
export function matching(all: readonly Choosable[], text: string): Choosable[] {
  const words = plain(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return all.filter((each) => {
    const names =
      each.kind === 'team' ? each.name : `${each.name} ${each.displayName} ${each.team}`;
    return words.every((word) => plain(names).includes(word));
  });
}

export function isChosen(audience: ShareAudience, each: Choosable): boolean {
  return each.kind === 'team'
    ? audience.teams.includes(each.name)
    : audience.people.includes(each.name);
}

export function toggled(audience: ShareAudience, each: Choosable): ShareAudience {
  if (each.kind === 'team') return { ...audience, teams: toggledIn(audience.teams, each.name) };
  return { ...audience, people: toggledIn(audience.people, each.name) };
}

function toggledIn<Name>(names: readonly Name[], name: Name): Name[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}

/** Hangul that is typed in parts is the same as in syllables. */
function plain(text: string): string {
  return text.normalize('NFC').toLocaleLowerCase();
}
