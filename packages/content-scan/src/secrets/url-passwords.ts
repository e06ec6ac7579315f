import type { Match } from '../match.ts';
import { isPlaceholder } from './placeholder.ts';

/** From the user on: `user:password@host` (RFC 3986, section 3.2.1). Sticky, and bounded. */
const userInfo =
  /[^\s:/?#@"'<>`\\]{0,100}:(?<password>[^\s/@"'<>`\\]{1,200})@[\w.[\-\u0080-\uffff]/y;
const longestScheme = 24;

/** Whatever the scheme: the library knows HTTP's, FTP's and three databases'. */
export function findUrlPasswords(text: string): Match[] {
  const matches: Match[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    userInfo.lastIndex = at + 3;
    const found = userInfo.exec(text);
    const password = found?.groups?.password;
    if (found === null || password === undefined || isPlaceholder(password)) continue;
    const scheme = /[A-Za-z][A-Za-z0-9+.-]*$/.exec(text.slice(Math.max(0, at - longestScheme), at));
    if (scheme === null) continue;
    matches.push({
      rule: 'password-in-url',
      start: at - scheme[0].length,
      end: at + 3 + found[0].length,
    });
  }
  return matches;
}
