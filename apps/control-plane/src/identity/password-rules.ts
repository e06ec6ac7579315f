import { minimumPasswordLength, StrongroomError } from '@strongroom/contracts';
import { commonPasswords } from './common-passwords.ts';
import { normalize } from './password-hasher.ts';

export interface PasswordChoice {
  readonly newPassword: string;
  /** The one it replaces, a one-time password included. */
  readonly currentPassword: string;
  readonly profileName: string;
  readonly displayName: string;
}

type Weakness = 'too-short' | 'same-as-before' | 'contains-name' | 'common' | 'repetitive';

const sentences: Readonly<Record<Weakness, string>> = {
  'too-short': `it has fewer than ${minimumPasswordLength} characters`,
  'same-as-before': 'it is the one in use now',
  'contains-name': 'it is little more than your name',
  common: 'it is one that many people use',
  repetitive: 'it repeats the same few characters',
};

/**
 * NIST SP 800-63B-4, section 3.1.1.2: length (in code points) is what counts; no rules of
 * composition; common, expected and former passwords are refused.
 *
 * @throws {StrongroomError} `PasswordTooWeak` with `values.reason`
 */
export function requireAcceptablePassword(choice: PasswordChoice): void {
  const weakness = findWeakness(choice);
  if (weakness === undefined) return;
  throw new StrongroomError('PasswordTooWeak', `Cannot use this password: ${sentences[weakness]}`, {
    remedy: `Use at least ${minimumPasswordLength} characters, for example four or five words that have nothing to do with each other.`,
    values: { reason: weakness, minimumLength: minimumPasswordLength },
  });
}

function findWeakness(choice: PasswordChoice): Weakness | undefined {
  const password = normalize(choice.newPassword);
  if ([...password].length < minimumPasswordLength) return 'too-short';
  if (password === normalize(choice.currentPassword)) return 'same-as-before';
  const letters = simplify(password);
  if (new Set(letters).size < 5) return 'repetitive';
  const names = [choice.profileName, choice.displayName, 'strongroom'].map(simplify);
  const rest = without(letters, names);
  // What is left must still be worth guessing.
  if (rest !== letters && rest.length < minimumPasswordLength / 2) return 'contains-name';
  if (commonPasswords.has(letters) || commonPasswords.has(withoutRepeats(letters))) return 'common';
  return undefined;
}

function simplify(text: string): string {
  return normalize(text)
    .toLowerCase()
    .replace(/[\s\p{P}]/gu, '');
}

function without(text: string, names: readonly string[]): string {
  return names
    .filter((name) => name.length > 2)
    .reduce((rest, name) => rest.replaceAll(name, ''), text);
}

/** `password123password123` → `password123` */
function withoutRepeats(text: string): string {
  return /^(.+?)\1+$/u.exec(text)?.[1] ?? text;
}
