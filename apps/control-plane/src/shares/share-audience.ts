import type { ProfileName, ShareAudience } from '@strongroom/contracts';
import { StrongroomError } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { Person } from '../identity/person.ts';

export function isNamed({ everyone, teams, people }: ShareAudience, person: Person): boolean {
  return everyone || teams.includes(person.team) || people.includes(person.profileName);
}

/**
 * The audience without repeats and without its owner, who needs no leave.
 *
 * @throws {StrongroomError} `InvalidRequest` naming whom the domain does not have
 */
export function requireAudience(
  audience: ShareAudience,
  owner: ProfileName,
  { teams, people }: Pick<Domain, 'teams' | 'people'>,
): ShareAudience {
  const knownTeams = new Set(teams.map(({ name }) => name));
  const knownPeople = new Set(people.map(({ profileName }) => profileName));
  const team = audience.teams.find((name) => !knownTeams.has(name));
  if (team !== undefined) throw unknown('audience.teams', team);
  const person = audience.people.find((name) => !knownPeople.has(name));
  if (person !== undefined) throw unknown('audience.people', person);
  return {
    everyone: audience.everyone,
    teams: [...new Set(audience.teams)],
    people: [...new Set(audience.people)].filter((name) => name !== owner),
  };
}

function unknown(field: string, name: string): StrongroomError {
  return new StrongroomError('InvalidRequest', `Cannot share with "${name}": there is no such`, {
    values: { field, name },
  });
}
