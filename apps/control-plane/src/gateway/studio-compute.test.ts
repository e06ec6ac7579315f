import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runningApp } from '../compute/testing/compute-for.ts';
import { denying } from '../policies/testing/authorize-for.ts';
import {
  type AskOptions,
  codeOf,
  type GatewayBench,
  openGatewayBench,
} from './testing/gateway-bench.ts';

const apps = '/strongroom/api/compute/apps';
const own = runningApp();
const bobs = runningApp({ appId: 'b'.repeat(32) as AppId, profileName: 'bob' as ProfileName });

let bench: GatewayBench;
let cookie: string;

beforeEach(async () => {
  bench = await openGatewayBench();
  ({ cookie } = await bench.openStudio('alice', { team: 'risk-models' }));
  bench.running.apps = [own, bobs];
});
afterEach(() => bench.close());

const ask = (path: string, asked: AskOptions = {}) => bench.ask(path, { cookie, ...asked });
const stop = (appId: string, asked: AskOptions = {}) =>
  ask(`${apps}/${appId}`, { method: 'DELETE', ...asked });
const keep = (appId: string, asked: AskOptions = {}) =>
  ask(`${apps}/${appId}/keep-running`, { method: 'POST', ...asked });

describe('compute in Lab', () => {
  it('offers images and sizes with prices', async () => {
    const offers = JSON.parse((await ask('/strongroom/api/compute')).text);
    expect(offers.images).toContainEqual(
      expect.objectContaining({ imageName: 'host-python', state: 'ready', isDefault: true }),
    );
    expect(offers.instanceTypes).toContainEqual(
      expect.objectContaining({ instanceType: 'ml.t3.medium', isDefault: true }),
    );
    expect(offers.prices.currency).toBe('USD');
  });

  it('shows what runs in this studio and in no other', async () => {
    const listed = JSON.parse((await ask(apps)).text).apps;
    expect(listed.map(({ appId }: { appId: string }) => appId)).toEqual([own.appId]);
  });

  it('ends an app, and writes down who did', async () => {
    expect((await stop(own.appId)).status).toBe(204);
    expect(bench.running.ended).toEqual([own.appId]);
    expect(bench.audit.of('app-stopped')).toMatchObject([
      { profileName: 'alice', target: 'alice', appId: own.appId },
    ]);
  });

  it('keeps an app running, and writes it down first', async () => {
    expect((await keep(own.appId)).status).toBe(204);
    expect(bench.running.kept).toEqual([own.appId]);
    bench.audit.canWrite = false;
    expect((await keep(own.appId)).status).toBe(503);
    expect(bench.running.kept).toEqual([own.appId]);
  });

  it.each([
    ["another person's app", bobs.appId, 'AppNotFound'],
    ['a guessed id', 'f'.repeat(32), 'AppNotFound'],
    ['an id that is none', 'A'.repeat(32), 'FileNotFound'],
  ])('does nothing to %s', async (_what, appId, code) => {
    for (const answer of [await stop(appId), await keep(appId)]) {
      expect([answer.status, codeOf(answer.text)]).toEqual([404, code]);
    }
    expect([bench.running.ended, bench.running.kept]).toEqual([[], []]);
  });

  it('lets a visitor of the team see what runs, and neither end nor keep it', async () => {
    bench.rules.sharing = 'team';
    const { sessionId } = await bench.addPerson('carl', { team: 'risk-models' });
    const token = await bench.presignedUrls.issue('alice' as ProfileName, sessionId);
    const entered = await bench.ask(`/auth?token=${token}`);
    const visitor = { cookie: String(entered.headers['set-cookie']).split(';')[0] ?? '' };
    expect((await ask(apps, visitor)).status).toBe(200);
    for (const answer of [await stop(own.appId, visitor), await keep(own.appId, visitor)]) {
      expect([answer.status, codeOf(answer.text)]).toEqual([403, 'AccessDenied']);
    }
    expect(bench.audit.of('access-denied')).toMatchObject([
      { profileName: 'carl', action: 'sagemaker:DeleteApp', target: 'alice' },
      { profileName: 'carl', action: 'sagemaker:CreateApp', target: 'alice' },
    ]);
    expect([bench.running.ended, bench.running.kept]).toEqual([[], []]);
  });

  it('is denied by a document of the administrators', async () => {
    bench.own.policies = [denying({ Action: 'sagemaker:DeleteApp' })];
    expect((await stop(own.appId)).status).toBe(403);
    expect(bench.running.ended).toEqual([]);
  });

  it('is not done for another site', async () => {
    const headers = { origin: `http://bob.studio.localhost:${bench.port}` };
    for (const answer of [await stop(own.appId, { headers }), await keep(own.appId, { headers })]) {
      expect([answer.status, codeOf(answer.text)]).toEqual([403, 'CrossSiteRequest']);
    }
    expect([bench.running.ended, bench.running.kept]).toEqual([[], []]);
  });
});
