import type { Match } from './match.ts';

const domain =
  /(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,6}[A-Za-z]{2,24}(?![\w-]|\.\w|@)/y;
const localCharacters = /[A-Za-z0-9._%+'-]/;
const longestLocalPart = 64;

/** Reserved for documentation and tests (RFC 2606, RFC 6761), and names of files: `logo@2x.png`. */
const noDomain =
  /(?:^|\.)(?:example\.(?:com|org|net|edu|co\.kr)|example|test|invalid|localhost|local)$|\.(?:png|jpe?g|gif|svg|webp|css|js|mjs|ts|py|ipynb|json|html?|txt|csv|md|so|whl|zip|gz)$/i;
const userInfo = /:\/\/(?:[^\s:/@]{0,100}:)?$/;
const nobody =
  /^(?:git|no-?reply|do-?not-?reply|user|username|someone|your[._-]?(?:name|e?mail))$/i;

/** From each `@` outwards. */
export function findEmailAddresses(text: string): Match[] {
  const matches: Match[] = [];
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at + 1;
    const host = domain.exec(text)?.[0];
    if (host === undefined || noDomain.test(host)) continue;
    const start = startOfLocalPart(text, at);
    const local = text.slice(start, at);
    if (local.length === 0 || nobody.test(local) || !/[A-Za-z0-9]/.test(local)) continue;
    // In `scheme://user:password@host` it is a password.
    if (userInfo.test(text.slice(Math.max(0, start - 120), start))) continue;
    matches.push({ rule: 'email-address', start, end: at + 1 + host.length });
  }
  return matches;
}

function startOfLocalPart(text: string, at: number): number {
  let start = at;
  while (
    start > 0 &&
    at - start < longestLocalPart &&
    localCharacters.test(text[start - 1] ?? '')
  ) {
    start -= 1;
  }
  while (start < at && /['.-]/.test(text[start] ?? '')) start += 1;
  return start;
}
