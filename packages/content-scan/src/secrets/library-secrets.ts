import { lintSource } from '@secretlint/core';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { ScanRule } from '@strongroom/contracts';
import type { Match } from '../match.ts';

/** How secretlint's rules are called here. One of theirs that is not named is a token. */
const ruleNames: Readonly<Record<string, ScanRule>> = {
  '@secretlint/secretlint-rule-aws': 'cloud-key',
  '@secretlint/secretlint-rule-privatekey': 'private-key',
  '@secretlint/secretlint-rule-basicauth': 'password-in-url',
  '@secretlint/secretlint-rule-database-connection-string': 'password-in-url',
};

/**
 * Left out: `filter-comments`, with which a comment in the notebook would switch the scan off, and `gcp`,
 * which opens files by their path (what it finds is a private key, which is found anyway).
 */
const leftOut = new Set([
  '@secretlint/secretlint-rule-filter-comments',
  '@secretlint/secretlint-rule-gcp',
]);

const config = {
  rules: rules
    .filter((rule) => !leftOut.has(rule.meta.id))
    .map((rule) => ({ id: rule.meta.id, rule })),
};

/** Something of this is in whatever one of the rules finds. */
const hints = [
  '://',
  'SECRET',
  'secret',
  'Secret',
  'PRIVATE KEY',
  'npm_',
  'xox',
  'xapp-',
  'sk-',
  'SG.',
  'shp',
  'gh',
  'github_pat_',
  'lin_api_',
  'ops_ey',
];

/** Secretlint's recommended rules. */
export async function findLibrarySecrets(text: string): Promise<Match[]> {
  if (!hints.some((hint) => text.includes(hint))) return [];
  const result = await lintSource({
    source: { filePath: 'text.txt', content: text, contentType: 'text', ext: '.txt' },
    options: { config, noPhysicFilePath: true },
  });
  return result.messages
    .filter((message) => message.type === 'message')
    .map((message) => ({
      rule: ruleNames[message.ruleId] ?? 'token',
      start: message.range[0],
      end: message.range[1],
    }));
}
