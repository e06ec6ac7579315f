import type { ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayBench, openGatewayBench } from './testing/gateway-bench.ts';

const alice = 'alice' as ProfileName;
let bench: GatewayBench;

beforeEach(async () => {
  bench = await openGatewayBench({ sharing: 'team' });
});
afterEach(() => bench.close());

async function visitAlice() {
  await bench.addPerson('alice');
  const { sessionId } = await bench.addPerson('bob');
  const token = await bench.presignedUrls.issue(alice, sessionId);
  const answer = await bench.ask(`/auth?token=${token}`);
  return { answer, sessionId, cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '' };
}

describe('the evidence of who was in a studio', () => {
  it('has the beginning of each studio session, before its cookie is given', async () => {
    const { sessionId } = await visitAlice();
    expect(bench.audit.of('studio-session-began')).toMatchObject([
      { profileName: 'bob', target: 'alice', sessionId, remoteAddress: '127.0.0.1' },
    ]);
  });

  it('gives no cookie where that cannot be written down', async () => {
    bench.audit.canWrite = false;
    const { answer } = await visitAlice();
    expect(answer.status).toBe(503);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('has every entry of a teammate, counted, and none of the owner', async () => {
    const { cookie } = await visitAlice();
    for (let number = 0; number < 20; number += 1)
      await bench.ask('/strongroom/api/studio', { cookie });
    expect(bench.audit.of('studio-entered')).toMatchObject([
      { profileName: 'bob', target: 'alice' },
    ]);
    await bench.audit.log.close();
    expect(bench.audit.of('studio-entered')[1]).toMatchObject({ repeatedCount: 19 });
    const carol = await bench.openStudio('carol');
    await bench.ask('/strongroom/api/studio', { profileName: 'carol', cookie: carol.cookie });
    expect(bench.audit.of('studio-entered')).toHaveLength(2);
  });

  it('lets no teammate in whose entry cannot be written down', async () => {
    const { cookie } = await visitAlice();
    bench.audit.canWrite = false;
    expect((await bench.ask('/strongroom/api/studio', { cookie })).status).toBe(503);
    expect((await bench.webSocket('/api/events/subscribe', { cookie })).status).toBe(503);
  });

  it('has a refusal under the reference that was shown, once for a flood of them', async () => {
    const { cookie } = await visitAlice();
    bench.rules.sharing = 'owner';
    const refused = await bench.ask('/strongroom/api/studio', { cookie });
    expect(refused.status).toBe(403);
    for (let number = 0; number < 20; number += 1)
      await bench.ask('/strongroom/api/studio', { cookie });
    expect(bench.audit.of('access-denied')).toEqual([
      {
        ...{ profileName: 'bob', target: 'alice', remoteAddress: '127.0.0.1' },
        ...{ action: 'sagemaker:CreatePresignedDomainUrl', rule: 'studio-owner/OnlyOwnStudio' },
        reference: JSON.parse(refused.text).error.reference,
      },
    ]);
  });
});
