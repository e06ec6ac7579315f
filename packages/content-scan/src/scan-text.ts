import type { ScanRule } from '@strongroom/contracts';
import { findEmailAddresses } from './email-addresses.ts';
import { mask } from './mask.ts';
import { type Match, withoutOverlaps } from './match.ts';
import { findNumbers } from './numbers/find-numbers.ts';
import type { ScanRules } from './scan-rules.ts';
import { findAssignedSecrets } from './secrets/assigned-secrets.ts';
import { findKnownShapes } from './secrets/known-shapes.ts';
import { findLibrarySecrets } from './secrets/library-secrets.ts';
import { findPrivateKeys } from './secrets/private-keys.ts';
import { findUrlPasswords } from './secrets/url-passwords.ts';

export interface TextFinding {
  readonly rule: ScanRule;
  /** From 1. */
  readonly line: number;
  readonly masked: string;
}

/** What the rules look for, in the order of the text, each once a line. */
export async function scanText(text: string, rules: ScanRules): Promise<TextFinding[]> {
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const matches: Match[] = [];
  // Whatever is off is looked for all the same where it keeps another rule from mistaking it.
  if (isOn(rules, ['cloud-key', 'token', 'private-key', 'password-in-url'])) {
    append(matches, await findSecrets(content));
  }
  if (isOn(rules, numberRules)) append(matches, findNumbers(content));
  if (isOn(rules, ['email-address'])) append(matches, findEmailAddresses(content));
  return findings(content, withoutOverlaps(matches), rules);
}

const numberRules: readonly ScanRule[] = [
  'resident-registration-number',
  'foreigner-registration-number',
  'card-number',
  'account-number',
  'phone-number',
];

async function findSecrets(content: string): Promise<Match[]> {
  const matches = await findLibrarySecrets(content);
  append(matches, findPrivateKeys(content));
  append(matches, findKnownShapes(content));
  append(matches, findUrlPasswords(content));
  append(matches, findAssignedSecrets(content));
  return matches;
}

/** Not by spreading: a hostile text has more matches than a call may have arguments. */
function append(matches: Match[], more: readonly Match[]): void {
  for (const match of more) matches.push(match);
}

function isOn(rules: ScanRules, names: readonly ScanRule[]): boolean {
  return names.some((name) => rules[name] !== 'off');
}

function findings(content: string, matches: readonly Match[], rules: ScanRules): TextFinding[] {
  const found: TextFinding[] = [];
  const seenOnLine = new Set<string>();
  let line = 1;
  let lineEnd = content.indexOf('\n');
  for (const match of matches) {
    if (rules[match.rule] === 'off') continue;
    while (lineEnd !== -1 && lineEnd < match.start) {
      line += 1;
      lineEnd = content.indexOf('\n', lineEnd + 1);
      seenOnLine.clear();
    }
    const masked = mask(content.slice(match.start, match.end));
    const key = `${match.rule} ${masked}`;
    if (!seenOnLine.has(key)) found.push({ rule: match.rule, line, masked });
    seenOnLine.add(key);
  }
  return found;
}
