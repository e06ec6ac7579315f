import { type Match, matchesOf } from '../match.ts';

/**
 * Any PEM private key, encrypted ones and those that lost their end too, which the library leaves out,
 * and PuTTY's. The base64 may have line ends written as `\n`, as in JSON and in Python.
 */
const pemKey =
  /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\\nr"']{0,8}[A-Za-z-]{4,12}: [^\n]{1,100}){0,2}[A-Za-z0-9+/=\s\\"']{40,600}/g;
const puttyKey = /PuTTY-User-Key-File-[23]: [^\n]{1,200}/g;

export function findPrivateKeys(text: string): Match[] {
  const matches = text.includes('PRIVATE KEY') ? matchesOf(text, pemKey, 'private-key') : [];
  if (text.includes('PuTTY-User-Key-File-')) {
    matches.push(...matchesOf(text, puttyKey, 'private-key'));
  }
  return matches;
}
