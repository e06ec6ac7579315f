import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppId, ProfileName } from '@strongroom/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectLog } from '../../studios/testing/collected-log.ts';
import { FlowFiles } from './flow-files.ts';
import type { FlowObservation } from './flow-log.ts';
import { type FlowQuestion, readFlows } from './read-flows.ts';

let folder: string;
let files: FlowFiles;
const now = new Date('2026-03-01T12:00:00Z');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'strongroom-flows-'));
  files = await openFiles();
});
afterEach(async () => {
  await files.close();
  await rm(folder, { recursive: true, force: true });
});

function openFiles(place = folder) {
  return FlowFiles.open({
    ...{ folder: place, retentionDays: 30, clock: () => now, log: collectLog() },
    place: { accountId: '000000000000', region: 'ap-northeast-2' },
  });
}

function flow(change: Partial<FlowObservation> = {}): FlowObservation {
  return {
    studio: {
      ...{ profileName: 'alice' as ProfileName, team: 'risk', appId: 'a'.repeat(32) as AppId },
      ...{ address: '10.0.16.5', interfaceId: 'eni-0123456789abcdef0' },
    },
    ...{ protocol: 'tcp', sourcePort: 40_000, destinationAddress: '100.64.0.1' },
    ...{ destinationPort: 443, action: 'ACCEPT', rule: 'egress/allow-list/pypi' },
    ...{ name: 'pypi.org', endpoint: undefined, reachedAddress: '151.101.0.223' },
    ...{ part: 'whole', attemptCount: 1 },
    ...{ sentBytes: 100, receivedBytes: 2_000, startedAt: now, endedAt: now },
    ...change,
  };
}

async function read(question: FlowQuestion = {}) {
  const records = [];
  for await (const placed of readFlows(folder, question)) records.push(placed);
  return records;
}

describe('the flow log', () => {
  it('has the fields of VPC flow logs, and who, what and which rule', async () => {
    files.record(flow());
    await files.flush();
    const [placed] = await read();
    expect(placed?.record).toMatchObject({
      ...{ version: 5, 'account-id': '000000000000', 'interface-id': 'eni-0123456789abcdef0' },
      ...{ srcaddr: '10.0.16.5', dstaddr: '100.64.0.1', srcport: 40_000, dstport: 443 },
      ...{ protocol: 6, bytes: 2_100, action: 'ACCEPT', 'log-status': 'OK', type: 'IPv4' },
      ...{ 'pkt-dstaddr': '151.101.0.223', 'flow-direction': 'egress', start: 1_772_366_400 },
      ...{ profile: 'alice', name: 'pypi.org', rule: 'egress/allow-list/pypi', endpoint: '-' },
      ...{ 'bytes-sent': 100, 'bytes-received': 2_000 },
      ...{ part: 'whole', attempts: 1 },
    });
  });

  it('is for the operator alone, one file a day', async () => {
    files.record(flow());
    files.record(flow({ endedAt: new Date('2026-03-02T00:00:00Z') }));
    await files.flush();
    expect((await readdir(folder)).sort()).toEqual(['2026-03-01.jsonl', '2026-03-02.jsonl']);
    expect((await stat(join(folder, '2026-03-01.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('is read from the latest on, page after page, and filtered', async () => {
    for (let index = 0; index < 10; index += 1) {
      const isEven = index % 2 === 0;
      files.record(flow({ sourcePort: index, action: isEven ? 'ACCEPT' : 'REJECT' }));
    }
    files.record(flow({ sourcePort: 99, endedAt: new Date('2026-02-27T00:00:00Z') }));
    await files.flush();
    const ports = (await read()).map(({ record }) => record.srcport);
    expect(ports).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 99]);
    const [, , third] = await read();
    const rest = await read({ cursor: third?.cursor });
    expect(rest.map(({ record }) => record.srcport)).toEqual([6, 5, 4, 3, 2, 1, 0, 99]);
    expect(await read({ action: 'REJECT' })).toHaveLength(5);
    expect(await read({ profileName: 'bob' })).toHaveLength(0);
    expect(await read({ name: 'pypi' })).toHaveLength(11);
    expect(await read({ fromDay: '2026-02-28' })).toHaveLength(10);
    expect(await read({ toDay: '2026-02-27' })).toHaveLength(1);
  });

  it('skips a line that a full disk cut short', async () => {
    files.record(flow());
    await files.flush();
    const path = join(folder, '2026-03-01.jsonl');
    await writeFile(path, `${await readFile(path, 'utf8')}{"version":5,"acc`);
    expect(await read()).toHaveLength(1);
  });

  it('keeps days as long as it is told', async () => {
    for (const day of ['2026-01-29', '2026-01-30', '2026-02-28']) {
      await writeFile(join(folder, `${day}.jsonl`), '');
    }
    await files.deleteExpired();
    expect((await readdir(folder)).sort()).toEqual(['2026-01-30.jsonl', '2026-02-28.jsonl']);
  });

  it('breaks nothing where it cannot be written, and says so once', async () => {
    const log = collectLog();
    const broken = await FlowFiles.open({
      ...{ folder: join(folder, 'gone'), retentionDays: 30, clock: () => now, log },
      place: { accountId: '000000000000', region: 'ap-northeast-2' },
    });
    await rm(join(folder, 'gone'), { recursive: true });
    for (let index = 0; index < 3; index += 1) {
      broken.record(flow());
      await broken.flush();
    }
    expect(log.lines.filter((line) => line.includes('Cannot write the flow log'))).toHaveLength(1);
    await broken.close();
  });
});
