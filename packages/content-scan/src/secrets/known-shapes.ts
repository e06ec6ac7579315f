import type { ScanRule } from '@strongroom/contracts';
import { type Match, matchesOf } from '../match.ts';

/** A secret that its own writing gives away. `hint` is in every one, and quick to look for. */
interface KnownShape {
  readonly rule: ScanRule;
  readonly hint: string;
  readonly pattern: RegExp;
}

/**
 * What the library's recommended rules leave out. Every pattern starts at a literal and repeats single
 * character classes only, so that it takes time in proportion to the text.
 */
const knownShapes: readonly KnownShape[] = [
  // AWS's own documentation, "Unique identifiers": long-lived and temporary access keys. `ASIA` is also
  // what the notebooks of this product are given.
  ...['AKIA', 'ASIA'].map((prefix) => ({
    rule: 'cloud-key' as const,
    hint: prefix,
    pattern: new RegExp(
      `(?<![A-Za-z0-9/+=])${prefix}(?!IOSFODNN7EXAMPLE)[A-Z0-9]{16}(?![A-Za-z0-9/+=])`,
      'g',
    ),
  })),
  { rule: 'cloud-key', hint: 'AIza', pattern: /(?<![\w-])AIza[\w-]{35}(?![\w-])/g },
  { rule: 'cloud-key', hint: 'GOCSPX-', pattern: /(?<![\w-])GOCSPX-[\w-]{28}(?![\w-])/g },
  { rule: 'cloud-key', hint: 'AccountKey=', pattern: /AccountKey=[A-Za-z0-9+/]{86}==/g },
  { rule: 'token', hint: 'glpat-', pattern: /(?<![\w-])glpat-[\w-]{20,64}/g },
  { rule: 'token', hint: 'hf_', pattern: /(?<!\w)hf_[A-Za-z0-9]{30,40}(?!\w)/g },
  { rule: 'token', hint: 'k_live_', pattern: /(?<!\w)[sr]k_live_[A-Za-z0-9]{16,120}/g },
  { rule: 'token', hint: 'dckr_pat_', pattern: /(?<!\w)dckr_pat_[\w-]{20,64}/g },
  { rule: 'token', hint: 'pypi-', pattern: /(?<![\w-])pypi-[\w-]{60,250}/g },
  { rule: 'token', hint: 'dapi', pattern: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}(?![A-Za-z0-9])/g },
  { rule: 'token', hint: 'sk-', pattern: /(?<![\w-])sk-(?:proj|svcacct|admin|ant)-[\w-]{40,250}/g },
  { rule: 'token', hint: '_authToken=', pattern: /_authToken=(?![$<{])\S{12,250}/g },
  // A JSON Web Token: two objects and a signature (RFC 7515, section 7.1).
  {
    rule: 'token',
    hint: 'eyJ',
    pattern: /(?<![\w-])eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{16,2048}/g,
  },
  // RFC 6750, section 2.1.
  { rule: 'token', hint: 'earer ', pattern: /[Bb]earer (?=[\w.~+/-]{0,60}\d)[\w.~+/-]{20,4096}/g },
];

export function findKnownShapes(text: string): Match[] {
  return knownShapes
    .filter((shape) => text.includes(shape.hint))
    .flatMap((shape) => matchesOf(text, shape.pattern, shape.rule));
}
