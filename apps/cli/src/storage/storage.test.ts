import { spawnSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { openOperatorDouble } from '../testing/operator-double.ts';

const credentials = {
  ...{ accessKeyId: 'ASIA1', secretAccessKey: "it's/secret", sessionToken: 'token=' },
  ...{ expiresAt: '2026-01-01T01:00:00.000Z', endpointUrl: 'https://localhost:8081' },
  ...{ region: 'ap-northeast-2', trustBundlePath: '/srv/my data/trust.pem' },
};
const damaged = {
  ...{ bucket: 'b', key: 'a\u001b[2J', versionId: 'null', state: 'damaged' },
  message: 'Cannot read "/b/a"',
};

let double: Awaited<ReturnType<typeof openOperatorDouble>>;
afterEach(() => double.close());

describe('strongroom credentials', () => {
  it('prints what a shell takes as it is', async () => {
    double = await openOperatorDouble({ 'POST /credentials': credentials });
    const { lines } = await double.run('credentials', '--as', 'alice', '--hours', '2');
    expect(double.bodies).toEqual([{ profileName: 'alice', lifetimeHours: 2 }]);
    const script = `${lines.join('\n')}\nenv`;
    const { stdout } = spawnSync('/bin/sh', ['-c', script], { env: {} });
    const variables = stdout.toString().split('\n');
    expect(variables).toEqual(
      expect.arrayContaining([
        ...['AWS_ACCESS_KEY_ID=ASIA1', "AWS_SECRET_ACCESS_KEY=it's/secret"],
        ...['AWS_SESSION_TOKEN=token=', 'AWS_ENDPOINT_URL=https://localhost:8081'],
        ...['AWS_CA_BUNDLE=/srv/my data/trust.pem', 'AWS_REGION=ap-northeast-2'],
      ]),
    );
  });

  it('prints one JSON document for programs', async () => {
    double = await openOperatorDouble({ 'POST /credentials': credentials });
    const { lines } = await double.run('credentials', '--as', 'alice', '--json');
    expect(JSON.parse(lines.join('\n'))).toEqual(credentials);
  });

  it('asks nothing that cannot be answered', async () => {
    double = await openOperatorDouble({});
    await expect(double.run('credentials', '--as', '../x')).rejects.toThrow('"../x"');
    await expect(double.run('credentials', '--as', 'alice', '--hours', '13')).rejects.toThrow(
      '"13"',
    );
    expect(double.bodies).toEqual([]);
  });
});

describe('strongroom storage scrub', () => {
  const report = (problems: object[]) => ({
    'POST /storage/scrub': { checkedObjects: 3, checkedBytes: 2048, problems },
  });

  it('exits with 0 where everything is as it was written', async () => {
    double = await openOperatorDouble(report([]));
    const { status, lines } = await double.run('storage', 'scrub');
    expect(status).toBe(0);
    expect(lines[0]).toBe('Read 3 objects, 2.0 KiB');
  });

  it('names what is damaged, in letters that do nothing to the terminal, and exits with 1', async () => {
    double = await openOperatorDouble(report([damaged]));
    const { status, lines } = await double.run('storage', 'scrub');
    expect(status).toBe(1);
    expect(lines[1]).toMatch(/^damaged +b +a\ufffd\[2J +null +Cannot read/);
    const asked = await double.run('storage', 'scrub', '--json');
    expect([asked.status, JSON.parse(asked.lines.join('\n')).problems]).toEqual([1, [damaged]]);
  });
});
