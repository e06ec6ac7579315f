import type { DomainPerson } from '@strongroom/domain';
import type { Selectable } from 'kysely';
import type { DomainFile } from '../config/domain-file.ts';
import type { State } from '../state/database.ts';
import { KeptReads } from '../state/kept-reads.ts';
import type { Schema } from '../state/schema.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';

/** Joins the domain file, which says who exists, with what the state keeps of each. */
export class PeopleDirectory implements People {
  readonly #domainFile: DomainFile;
  readonly #state: State;
  /** Each request of an object asks who that is. */
  readonly #rows: KeptReads<PersonRow>;

  constructor(domainFile: DomainFile, state: State) {
    this.#domainFile = domainFile;
    this.#state = state;
    this.#rows = new KeptReads(state);
  }

  async find(profileName: string): Promise<Person | undefined> {
    const { people } = this.#domainFile.domain;
    const named = people.find((person) => person.profileName === profileName);
    if (named === undefined) return undefined;
    const row = await this.#rows.find(profileName, () =>
      this.#state
        .selectFrom('people')
        .selectAll()
        .where('profile_name', '=', profileName)
        .executeTakeFirst(),
    );
    return row && toPerson(named, row);
  }

  async list(): Promise<Person[]> {
    const rows = await this.#state.selectFrom('people').selectAll().execute();
    const rowOf = new Map(rows.map((row) => [row.profile_name, row]));
    return this.#domainFile.domain.people.flatMap((named) => {
      const row = rowOf.get(named.profileName);
      return row ? [toPerson(named, row)] : [];
    });
  }
}

type PersonRow = Selectable<Schema['people']>;

function toPerson(named: DomainPerson, row: PersonRow): Person {
  return {
    ...named,
    disabled: row.disabled === 1,
    hostUid: row.host_uid,
    language: row.language,
    theme: row.theme,
    createdAt: new Date(row.created_at),
  };
}
