import { studioSchema } from '@strongroom/contracts';
import { describe, expect, it } from 'vitest';
import { consoleLink } from './console-link.ts';

function studioWith(consoleUrl: string) {
  return studioSchema.parse({
    profileName: 'alice',
    displayName: 'Alice',
    domainName: 'research',
    consoleUrl,
    language: 'en',
  });
}

describe('consoleLink', () => {
  it('is the address of the page asked for', () => {
    const studio = studioWith('http://console.localhost:8080');
    expect(consoleLink(studio)).toBe('http://console.localhost:8080/');
    expect(consoleLink(studio, '/sign-out')).toBe('http://console.localhost:8080/sign-out');
  });

  it.each(['//elsewhere.example/', 'https://elsewhere.example/', 'javascript:alert(1)'])(
    'is null for %j, which is no page of the console',
    (path) => {
      expect(consoleLink(studioWith('http://console.localhost:8080'), path)).toBeNull();
    },
  );

  it('is null while the console is not known', () => {
    expect(consoleLink(null)).toBeNull();
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'console', ''])(
    'is null for %j, which is no web address',
    (consoleUrl) => {
      expect(consoleLink(studioWith(consoleUrl))).toBeNull();
    },
  );
});
