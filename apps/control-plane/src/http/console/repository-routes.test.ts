import type { ProfileName } from '@strongroom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeAll(async () => {
  running = await runConsole();
});
afterAll(() => running.close());

async function choicesFor(profileName: string) {
  const browser = await running.browserOf(profileName);
  return (await browser.send('/api/repositories')).json.choices;
}

describe('the list of repositories', () => {
  it('names the teams and the people whom one can be opened to', async () => {
    const { teams, people } = await choicesFor('alice');
    expect(teams).toEqual(running.domainFile.domain.teams.map(({ name }) => name));
    expect(people).toContainEqual(expect.objectContaining({ profileName: 'bob' }));
  });

  it('names nobody to whoever can open none', async () => {
    const profileName = 'eve' as ProfileName;
    await running.identity.administration.addPerson({
      ...{ profileName, displayName: 'Eve', role: 'auditor', team: 'platform' },
    });
    expect(await choicesFor(profileName)).toEqual({ teams: [], people: [] });
  });
});
