import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BrowserDouble } from '../testing/browser-double.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

const goodPassword = 'orbit pencil walrus tango';
let running: RunningConsole;
let browser: BrowserDouble;

beforeEach(async () => {
  running = await runConsole();
  browser = running.browser();
});
afterEach(() => running.close());

const oneTime = (profileName: string) => running.oneTimePasswords.get(profileName) ?? '';

async function firstSignIn(profileName: string, password = goodPassword) {
  await browser.signIn(profileName, oneTime(profileName));
  return browser.send('/api/password', {
    method: 'POST',
    body: { currentPassword: oneTime(profileName), newPassword: password },
  });
}

describe('signing in', () => {
  it('leads from the one-time password through a change of it to the domain', async () => {
    const signedIn = await browser.signIn('alice', oneTime('alice'));
    expect(signedIn.json).toMatchObject({ signedIn: true, mustChangePassword: true });
    expect((await browser.send('/api/domain')).json.error.code).toBe('PasswordChangeRequired');
    expect(running.studios.calls).toEqual([]);

    const changed = await browser.send('/api/password', {
      method: 'POST',
      body: { currentPassword: oneTime('alice'), newPassword: goodPassword },
    });
    expect(changed.json).toMatchObject({ signedIn: true, mustChangePassword: false });
    expect((await browser.send('/api/domain')).status).toBe(200);
    expect((await running.browser().signIn('alice', oneTime('alice'))).status).toBe(401);
    expect((await running.browser().signIn('alice', goodPassword)).status).toBe(200);
  });

  it('sets a cookie that only this host, over a trustworthy origin, and no script gets', async () => {
    const answer = await browser.signIn('alice', oneTime('alice'));
    const [cookie = ''] = answer.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^__Host-strongroom-session=[\w-]{43}; /);
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ]);
  });

  it('says the same of a wrong password and of a name that nobody has', async () => {
    const wrong = await browser.signIn('alice', 'wrong');
    const unknown = await browser.signIn('zelda', 'wrong');
    const malformed = await browser.signIn("x'; drop table people --", 'wrong');
    for (const answer of [wrong, unknown, malformed]) {
      expect(answer.status).toBe(401);
      const { reference, ...rest } = answer.json.error;
      const { reference: other, ...expected } = wrong.json.error;
      expect(rest).toEqual(expected);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('does not take over a session id that was planted before', async () => {
    browser.cookie = `__Host-strongroom-session=${'A'.repeat(43)}`;
    await browser.signIn('alice', oneTime('alice'));
    expect(browser.cookie).not.toContain('A'.repeat(43));
  });

  it('ends the session that the browser had, and renews it again at a change of password', async () => {
    await browser.signIn('alice', oneTime('alice'));
    const first = browser.cookie;
    await browser.signIn('alice', oneTime('alice'));
    const second = browser.cookie;
    await firstSignIn('alice');
    for (const cookie of [first, second]) {
      const old = running.browser();
      old.cookie = cookie;
      expect((await old.send('/api/session')).json.signedIn).toBe(false);
    }
    expect((await browser.send('/api/session')).json.signedIn).toBe(true);
  });

  it('ends every other session of the person at a change of password', async () => {
    const elsewhere = await running.browserOf('alice');
    await firstSignIn('alice');
    expect((await elsewhere.send('/api/domain')).status).toBe(401);
  });

  it('refuses a disabled person, and tells so only to who knows the password', async () => {
    const password = oneTime('alice');
    await running.identity.administration.setDisabled('alice' as never, true);
    expect((await browser.signIn('alice', 'wrong')).json.error.code).toBe('InvalidCredentials');
    expect((await browser.signIn('alice', password)).json.error.code).toBe('PersonDisabled');
  });

  it('ignores a request that carries two session cookies', async () => {
    const signedIn = await running.browserOf('alice');
    signedIn.cookie = `${signedIn.cookie}; __Host-strongroom-session=${'A'.repeat(43)}`;
    expect((await signedIn.send('/api/session')).json.signedIn).toBe(false);
  });
});

describe('guessing passwords', () => {
  it('is slowed down after five failures, with a time to wait, and not for good', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await browser.signIn('alice', `wrong ${attempt}`)).status).toBe(401);
    }
    const refused = await browser.signIn('alice', oneTime('alice'));
    expect(refused.status).toBe(429);
    expect(refused.json.error.code).toBe('SignInThrottled');
    const wait = refused.json.error.values.retryAfterSeconds;
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(refused.headers['retry-after']).toBe(String(wait));
    expect((await browser.signIn('bob', oneTime('bob'))).status).toBe(200);

    running.advanceMinutes(1);
    expect((await browser.signIn('alice', oneTime('alice'))).status).toBe(200);
  });

  it('begins anew once the person signed in', async () => {
    for (let round = 0; round < 2; round += 1) {
      for (let failure = 0; failure < 4; failure += 1) await browser.signIn('alice', 'wrong');
      expect((await browser.signIn('alice', oneTime('alice'))).status).toBe(200);
    }
  });

  it('counts attempts that are made at the same time', async () => {
    const attempts = Array.from({ length: 12 }, (_, index) => browser.signIn('alice', `w${index}`));
    const statuses = (await Promise.all(attempts)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('is slowed down over many names too', async () => {
    const statuses: number[] = [];
    for (let index = 0; index < 61; index += 1) {
      statuses.push((await browser.signIn(`name-${index}`, 'wrong')).status);
    }
    expect(statuses.indexOf(429)).toBe(60);
  });

  it('is slowed down with a stolen session as well', async () => {
    const stolen = await running.browserOf('alice');
    const change = () =>
      stolen.send('/api/password', {
        method: 'POST',
        body: { currentPassword: 'guess', newPassword: goodPassword },
      });
    for (let attempt = 0; attempt < 5; attempt += 1) expect((await change()).status).toBe(401);
    expect((await change()).status).toBe(429);
  });

  it('puts neither passwords nor what was typed as a name into the log', async () => {
    await browser.signIn('my secret typed in the wrong field', 'hunter2 hunter2 hunter2');
    await firstSignIn('alice');
    const log = running.logged.join('');
    expect(log).toContain('"event":"sign-in-failed"');
    expect(log).toContain('"event":"password-changed"');
    for (const secret of ['typed in the wrong', 'hunter2', goodPassword, oneTime('alice')]) {
      expect(log).not.toContain(secret);
    }
    expect(log).not.toContain(browser.cookie?.split('=')[1] ?? 'missing');
    expect(log).not.toContain(browser.csrfToken);
  });
});

describe('a session', () => {
  const files = '/api/profiles/alice/files';

  it('ends after the idle time without a request', async () => {
    const alice = await running.browserOf('alice');
    for (const minutes of [59, 59]) {
      running.advanceMinutes(minutes);
      expect((await alice.send(files)).status).toBe(200);
    }
    running.advanceMinutes(60);
    expect((await alice.send(files)).status).toBe(401);
  });

  it('is not kept alive by a page that was left open', async () => {
    const alice = await running.browserOf('alice');
    for (let minutes = 0; minutes < 59; minutes += 1) {
      running.advanceMinutes(1);
      for (const path of ['/api/session', '/api/domain', '/api/apps']) {
        expect((await alice.send(path)).status).toBe(200);
      }
    }
    running.advanceMinutes(1);
    expect((await alice.send('/api/domain')).status).toBe(401);
  });

  it('ends at its absolute end whatever happens', async () => {
    const alice = await running.browserOf('alice');
    for (let minutes = 0; minutes < 12 * 60 - 30; minutes += 30) {
      running.advanceMinutes(30);
      expect((await alice.send(files)).status).toBe(200);
    }
    running.advanceMinutes(30);
    expect((await alice.send(files)).status).toBe(401);
  });

  it('ends for the studio too when its person signs out', async () => {
    const ended: string[] = [];
    running.events.on('sessionEnded', ({ profileName }) => ended.push(profileName));
    const alice = await running.browserOf('alice');
    const cookie = alice.cookie;
    const answer = await alice.send('/api/session', { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect(answer.headers['set-cookie']?.[0]).toMatch(/^__Host-strongroom-session=; Max-Age=0;/);
    expect(ended).toEqual(['alice']);
    alice.cookie = cookie;
    expect((await alice.send('/api/apps')).status).toBe(401);
  });

  it('is kept by its hash alone', async () => {
    const alice = await running.browserOf('alice');
    const rows = await running.state.selectFrom('sessions').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(alice.cookie?.split('=')[1]);
  });

  it('tells studios that it began once the password is the person’s own', async () => {
    const began: string[] = [];
    running.events.on('signedIn', ({ profileName }) => began.push(profileName));
    await browser.signIn('alice', oneTime('alice'));
    expect(began).toEqual([]);
    await firstSignIn('alice');
    expect(began).toEqual(['alice']);
  });

  it('starts nothing for a sign-in before that is written down', async () => {
    await firstSignIn('alice');
    const order: string[] = [];
    running.events.on('signedIn', () => order.push('started'));
    const append = running.trail.append.bind(running.trail);
    running.trail.append = async (event) => {
      await append(event);
      if (event.event === 'sign-in-succeeded') order.push('written');
    };
    await running.browser().signIn('alice', goodPassword);
    expect(order).toEqual(['written', 'started']);
    await running.trail.close();
    expect((await running.browser().signIn('alice', goodPassword)).status).toBe(503);
    expect(order).toEqual(['written', 'started']);
  });
});

describe('preferences', () => {
  it('are kept and told to the studio when the language changes', async () => {
    const told: string[] = [];
    running.events.on('languageChanged', ({ language }) => told.push(language));
    const alice = await running.browserOf('alice');
    for (const theme of ['dark', 'light']) {
      await alice.send('/api/preferences', { method: 'PUT', body: { language: 'ko', theme } });
    }
    const session = await alice.send('/api/session');
    expect(session.json.preferences).toEqual({ language: 'ko', theme: 'light' });
    expect(told).toEqual(['ko']);
  });
});
