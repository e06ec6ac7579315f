import type { Match } from '../match.ts';
import { isPlaceholder } from './placeholder.ts';

/** `password = "…"`, `"client_secret": "…"`, `connect(passwd='…')`, `비밀번호: "…"`. */
const quoted =
  /(?<word>passw(?:or)?d|passphrase|pwd|secret|token|(?:api|access|secret|private|auth)_?-?key|비밀번호|패스워드|암호)\\?["'\]]{0,2}[ \t]{0,8}(?:=>|:=|[:=])[ \t]{0,8}[rbuf]?\\?(?<quote>["'])(?<value>[^\s"'\\]{6,200})\\?\k<quote>/dgi;

/** `export DB_PASSWORD=…` of a shell, an `.env` file or `%env`. */
const unquoted =
  /^(?:%env |!?export |set |-e |ENV )?[A-Z0-9_]{0,60}(?<word>PASSWORD|PASSWD|PWD|SECRET|TOKEN|(?:API|ACCESS|SECRET|PRIVATE|AUTH)_?KEY)=(?<value>[^\s"'`$<{(]{8,200})$/dgm;

const hint = /passw|passphrase|pwd|secret|token|key|비밀번호|패스워드|암호/i;

export function findAssignedSecrets(text: string): Match[] {
  if (!hint.test(text)) return [];
  return [...assigned(text, quoted), ...assigned(text, unquoted)];
}

function assigned(text: string, pattern: RegExp): Match[] {
  const matches: Match[] = [];
  for (const found of text.matchAll(pattern)) {
    const { word, value } = found.groups ?? {};
    const position = found.indices?.groups?.value;
    if (word === undefined || value === undefined || position === undefined) continue;
    if (isSecretValue(word, value)) {
      matches.push({ rule: 'token', start: position[0], end: position[1] });
    }
  }
  return matches;
}

function isSecretValue(word: string, value: string): boolean {
  if (isPlaceholder(value)) return false;
  // `input("Password: ")` and the like: what follows the quote is code.
  if (/^[),;.:\]}\s]/.test(value)) return false;
  if (/^pwd$/i.test(word) && /^[/~.]/.test(value)) return false;
  if (/^(?:passw|passphrase|pwd|비밀|패스|암호)/i.test(word)) return true;
  // A tokenizer's `eos_token = "</s>"` and the name of a column are none.
  return value.length >= 12 && /\d/.test(value) && /[A-Za-z]/.test(value) && isOpaque(value);
}

/** Nobody reads it aloud: no path, no sentence, no name in several words. */
function isOpaque(value: string): boolean {
  return /^[\w+/=.~:-]+$/.test(value) && !/^(?:https?:|s3:|\/|\.|~)/.test(value);
}
