import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTestAgent, type TestAgent } from '../testing/test-agent.ts';

const catalogs = { strongroom: { '': { language: 'ko_KR' }, Close: ['닫기'] } };
let agent: TestAgent;

beforeEach(async () => {
  agent = await startTestAgent({ language: 'ko' });
  mkdirSync(join(agent.lab, 'translations'));
  writeFileSync(join(agent.lab, 'translations/ko_KR.json'), JSON.stringify(catalogs));
});

afterEach(async () => {
  await agent.close();
});

const get = async (path: string) =>
  (await agent.send('GET', `/lab/api/translations${path}`)).json();

describe('translations', () => {
  it('lists English and Korean', async () => {
    expect((await get('')).data).toEqual({
      en: { displayName: '영어', nativeName: 'English' },
      ko_KR: { displayName: '한국어', nativeName: '한국어' },
    });
  });

  it('gives the catalogs of a language, and those of the person’s own as the default', async () => {
    expect((await get('/ko_KR')).data).toEqual(catalogs);
    expect((await get('/default')).data).toEqual(catalogs);
    expect(await get('/en')).toEqual({ data: {}, message: '' });
  });

  it('says that a language is not there without failing', async () => {
    const answer = await agent.send('GET', '/lab/api/translations/..%2f..%2fsecret');
    expect([answer.status, answer.json().data]).toEqual([200, {}]);
    expect((await get('/fr_FR')).message).toContain('fr_FR');
  });
});
