import { afterEach, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';

let double: Awaited<ReturnType<typeof openOperatorDouble>>;
afterEach(() => double.close());

const startedAt = '2026-01-01T00:00:00.000Z';
const space = {
  ...{ spaceName: 'alice', profileName: 'alice', status: 'InService', failureReason: null },
  ...{ instanceType: 'ml.t3.medium', createdAt: startedAt, pricePerHour: 0.06 },
  app: {
    ...{ appId: 'a'.repeat(32), status: 'Failed', instanceType: 'ml.t3.medium', startedAt },
    failureReason: 'no capacity',
  },
};
const app = {
  ...{ appId: 'a'.repeat(32), appType: 'JupyterLab', appName: 'default', spaceName: 'alice' },
  ...{ profileName: 'alice', status: 'InService', imageName: 'sagemaker-distribution' },
  ...{ instanceType: 'ml.t3.medium', startedAt, endedAt: null, endReason: null, memoryBytes: null },
};

it('lists spaces with why something failed', async () => {
  double = await openOperatorDouble({ 'GET /people/alice/spaces': { spaces: [space] } });
  const { lines } = await double.run('spaces', 'list', 'alice');
  expect(lines[1]).toMatch(/^alice +InService +ml\.t3\.medium +Failed +no capacity$/);
});

it('lists apps, also for programs', async () => {
  double = await openOperatorDouble({ 'GET /apps': { apps: [app] } });
  expect((await double.run('spaces', 'apps')).lines[1]).toMatch(
    /^alice +JupyterLab +alice +InService/,
  );
  const { lines } = await double.run('spaces', 'apps', '--json');
  expect(JSON.parse(lines.join('\n'))[0].appId).toBe(app.appId);
});

it("stops everything of one person's", async () => {
  double = await openOperatorDouble({ 'POST /people/alice/stop-apps': {} });
  expect((await double.run('spaces', 'stop', 'alice')).status).toBe(0);
});
