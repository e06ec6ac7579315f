import { randomInt } from 'node:crypto';

/** Neither vowels (no words arise) nor characters that look alike (0/O, 1/l/I, 5/S, 2/Z). */
const alphabet = 'bcdfghjkmnpqrtvwxy346789';
const groupCount = 5;
const groupLength = 4;

/** 20 random characters of 24 each, 91 bits, for example `kx4d-hm7q-9wtb-fn3y-r8cp`. */
export function createOneTimePassword(): string {
  const group = () =>
    Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: groupCount }, group).join('-');
}
