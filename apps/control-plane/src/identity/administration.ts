import { type ProfileName, StrongroomError } from '@strongroom/contracts';
import type { DomainPerson } from '@strongroom/domain';
import type { DomainFile } from '../config/domain-file.ts';
import { SerialQueue } from '../serial-queue.ts';
import type { AccountHandovers } from './account-handovers.ts';
import type { IdentityEvents } from './identity-events.ts';
import { createOneTimePassword } from './one-time-password.ts';
import type { PasswordHasher } from './password-hasher.ts';
import type { People } from './people.ts';
import type { Person } from './person.ts';
import type { PersonRecords } from './person-records.ts';
import type { Sessions } from './sessions.ts';

export interface AdministrationOptions {
  readonly domainFile: DomainFile;
  readonly people: People;
  readonly records: PersonRecords;
  readonly handovers: AccountHandovers;
  readonly sessions: Sessions;
  readonly hasher: PasswordHasher;
  readonly events: IdentityEvents;
}

export interface OneTimePassword {
  readonly profileName: ProfileName;
  /** Shown once; only its hash is kept. */
  readonly oneTimePassword: string;
}

/** What administrators do about people. Who may call it is decided by `policies/`. */
export class Administration {
  readonly #options: AdministrationOptions;
  /** One change at a time, so that two cannot each spare the other's last administrator. */
  readonly #changes = new SerialQueue();

  constructor(options: AdministrationOptions) {
    this.#options = options;
  }

  /**
   * Brings the state in line with the domain file: whoever is new in it gets a record and a
   * one-time password, whoever is gone loses their sessions and records; homes stay.
   */
  adoptDomainFile(): Promise<OneTimePassword[]> {
    return this.#changes.run(async () => {
      const { domainFile, records } = this.#options;
      const named = new Set(domainFile.domain.people.map(({ profileName }) => profileName));
      const known = new Set(await records.names());
      for (const profileName of known) {
        if (!named.has(profileName)) await this.#forget(profileName, { deleteHome: false });
      }
      const created: OneTimePassword[] = [];
      for (const profileName of named) {
        if (!known.has(profileName)) created.push((await this.#createRecord(profileName)).password);
      }
      return created;
    });
  }

  /**
   * `by`: who gets to know the one-time password; `undefined` for the operator.
   *
   * @throws {StrongroomError} `ProfileExists`, `InvalidRequest`, `DomainFileNotWritable`
   */
  addPerson(
    person: DomainPerson,
    by?: ProfileName,
  ): Promise<OneTimePassword & { readonly hostUid: number }> {
    return this.#changes.run(async () => {
      const { domainFile, records } = this.#options;
      requireTeam(domainFile, person.team);
      await domainFile.addPerson(person);
      await this.#handOver(person.profileName, by);
      // People whom somebody added to the file by hand meanwhile; they need a new one-time password.
      const known = new Set(await records.names());
      for (const { profileName } of domainFile.domain.people) {
        if (profileName !== person.profileName && !known.has(profileName)) {
          await records.create({ profileName, passwordHash: null });
        }
      }
      const { password, hostUid } = await this.#createRecord(person.profileName);
      return { ...password, hostUid };
    });
  }

  /** @throws {StrongroomError} `ProfileNotFound`, `LastAdministrator` */
  setDisabled(profileName: ProfileName, disabled: boolean): Promise<void> {
    return this.#changes.run(async () => {
      const { records, sessions, events } = this.#options;
      const person = await this.#require(profileName);
      if (person.disabled === disabled) return;
      if (disabled) await this.#requireAnotherAdministrator(person);
      await records.update(profileName, { disabled: disabled ? 1 : 0 });
      if (!disabled) return;
      await sessions.endAllOf(profileName);
      events.emit('disabled', { profileName });
    });
  }

  /** @throws {StrongroomError} `ProfileNotFound`, `LastAdministrator`, `DomainFileNotWritable` */
  removePerson(profileName: ProfileName, options: { deleteHome: boolean }): Promise<void> {
    return this.#changes.run(async () => {
      const person = await this.#require(profileName);
      await this.#requireAnotherAdministrator(person);
      await this.#options.domainFile.removePerson(profileName);
      await this.#forget(profileName, options);
    });
  }

  /** Ends the person's sessions; the password they had is worth nothing. @throws {StrongroomError} `ProfileNotFound` */
  createOneTimePassword(profileName: ProfileName, by?: ProfileName): Promise<OneTimePassword> {
    return this.#changes.run(async () => {
      const { records, hasher, sessions } = this.#options;
      await this.#require(profileName);
      await this.#handOver(profileName, by);
      const oneTimePassword = createOneTimePassword();
      const to = await hasher.hash(oneTimePassword);
      await records.replacePassword(profileName, { to, mustChange: true });
      await sessions.endAllOf(profileName);
      return { profileName, oneTimePassword };
    });
  }

  /** Before there is a password, so that none is ever known to somebody who is not written down. */
  async #handOver(profileName: ProfileName, by: ProfileName | undefined): Promise<void> {
    if (by !== undefined) await this.#options.handovers.record(profileName, by);
  }

  async #createRecord(profileName: ProfileName) {
    const oneTimePassword = createOneTimePassword();
    const passwordHash = await this.#options.hasher.hash(oneTimePassword);
    const hostUid = await this.#options.records.create({ profileName, passwordHash });
    return { hostUid, password: { profileName, oneTimePassword } };
  }

  async #forget(profileName: ProfileName, { deleteHome }: { deleteHome: boolean }): Promise<void> {
    const { records, sessions, events } = this.#options;
    await sessions.endAllOf(profileName);
    await records.delete(profileName);
    events.emit('removed', { profileName, deleteHome });
  }

  async #require(profileName: ProfileName): Promise<Person> {
    const person = await this.#options.people.find(profileName);
    if (person !== undefined) return person;
    throw new StrongroomError('ProfileNotFound', `Cannot find the profile "${profileName}"`, {
      values: { profileName },
    });
  }

  async #requireAnotherAdministrator(person: Person): Promise<void> {
    if (person.role !== 'administrator') return;
    const people = await this.#options.people.list();
    const others = people.filter(
      ({ role, disabled, profileName }) =>
        role === 'administrator' && !disabled && profileName !== person.profileName,
    );
    if (others.length > 0) return;
    throw new StrongroomError(
      'LastAdministrator',
      `Cannot disable or remove "${person.profileName}": no other administrator would be left`,
      {
        remedy: 'Make somebody else an administrator first.',
        values: { profileName: person.profileName },
      },
    );
  }
}

function requireTeam({ domain }: DomainFile, team: string): void {
  if (domain.teams.some(({ name }) => name === team)) return;
  throw new StrongroomError(
    'InvalidRequest',
    `Cannot use "${team}" for team: there is no such team`,
    {
      remedy: `Use one of ${domain.teams.map(({ name }) => name).join(', ')}.`,
      values: { field: 'team' },
    },
  );
}
