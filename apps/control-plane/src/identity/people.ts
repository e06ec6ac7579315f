import type { Person } from './person.ts';

/** Everyone who exists: named in the domain file and known to the state. */
export interface People {
  /** `undefined` for a name that nobody has, well formed or not. */
  find(profileName: string): Promise<Person | undefined>;
  /** In the domain file's order. */
  list(): Promise<Person[]>;
}
