import { studioSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { parseStudio } from './parse-studio.ts';

const studio = {
  profileName: 'alice',
  displayName: 'Alice Kim',
  domainName: 'research',
  consoleUrl: 'http://console.localhost:8080',
  language: 'ko',
};

const answers: readonly unknown[] = [
  studio,
  { ...studio, unknown: 1 },
  { ...studio, profileName: 'Alice' },
  { ...studio, profileName: '-alice' },
  { ...studio, profileName: 'a'.repeat(33) },
  { ...studio, language: 'fr' },
  { ...studio, displayName: undefined },
  { ...studio, consoleUrl: 8080 },
  {},
  [],
  null,
  'alice',
];

describe('parseStudio', () => {
  it.each(answers.map((answer) => [JSON.stringify(answer), answer]))(
    'agrees with the contract on %s',
    (_, answer) => {
      const parsed = studioSchema.safeParse(answer);
      expect(parseStudio(answer)).toEqual(parsed.success ? parsed.data : null);
    },
  );
});
