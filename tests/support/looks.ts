import type { PersonOptions } from './browser.ts';

type Look = Required<PersonOptions>;

const looks = {
  english: { language: 'en', theme: 'light' },
  korean: { language: 'ko', theme: 'dark' },
} as const satisfies Record<string, Look>;

/**
 * The looks that a journey is made in: its own, and all of them where its pictures are wanted
 * (`npm run test:looks`). Journeys take turns, so that `npm test` sees both.
 */
export function looksOf(own: keyof typeof looks): readonly Look[] {
  return process.env.STRONGROOM_TEST_LOOKS === 'all' ? Object.values(looks) : [looks[own]];
}
