import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FlowObservation } from '../../network/flows/flow-log.ts';
import { toFlowRecord } from '../../network/flows/flow-record.ts';
import { testStudio } from '../../network/testing/test-studio.ts';
import { type RunningConsole, runConsole } from '../testing/running-console.ts';

let running: RunningConsole;
beforeEach(async () => {
  running = await runConsole();
});
afterEach(() => running.close());

const at = new Date('2026-03-01T12:00:00Z');

function flow(change: Partial<FlowObservation>): string {
  const record = toFlowRecord(
    {
      ...{ studio: testStudio('alice'), protocol: 'tcp', sourcePort: 40_000 },
      ...{ destinationAddress: '100.64.0.1', destinationPort: 443, action: 'ACCEPT' },
      ...{ rule: 'egress/allow-list/pypi', name: 'pypi.org', endpoint: undefined },
      ...{ reachedAddress: '151.101.0.223', part: 'start', attemptCount: 1 },
      ...{ sentBytes: 100, receivedBytes: 2_000, startedAt: at, endedAt: at },
      ...change,
    },
    { accountId: '000000000000', region: 'ap-northeast-2' },
  );
  return `${JSON.stringify(record)}\n`;
}

async function write(day: string, lines: readonly string[]): Promise<void> {
  await writeFile(join(running.flowFolder, `${day}.jsonl`), lines.join(''));
}

describe('the flow log of the console', () => {
  it('goes out as CSV with every field under its name, and no formula for a spreadsheet', async () => {
    await write('2026-03-01', [
      flow({ name: '=cmd()', action: 'REJECT', rule: 'egress/off', part: 'whole' }),
      flow({ endpoint: 'sts', name: 'sts.amazonaws.com' }),
    ]);
    const admin = await running.browserOf('admin');
    const { text } = await admin.send('/api/flows.csv');
    const [names = '', ...lines] = text.trim().split('\r\n');
    const table = lines.map((line: string) => {
      const cells = line.split(',');
      return Object.fromEntries(names.split(',').map((name, index) => [name, cells[index]]));
    });
    expect(table).toMatchObject([
      {
        ...{ name: 'sts.amazonaws.com', endpoint: 'sts', action: 'ACCEPT', part: 'start' },
        ...{ version: '5', 'account-id': '000000000000', dstport: '443', protocol: '6' },
        ...{ 'bytes-sent': '100', 'bytes-received': '2000', attempts: '1', profile: 'alice' },
      },
      { name: "'=cmd()", endpoint: '-', action: 'REJECT', rule: 'egress/off' },
    ]);
  });

  it('is narrowed down by the endpoint that answered, or by none', async () => {
    await write('2026-03-01', [flow({ endpoint: 'sts' }), flow({ endpoint: 'api' }), flow({})]);
    const admin = await running.browserOf('admin');
    const endpointsOf = async (query: string) =>
      (await admin.send(`/api/flows?${query}`)).json.flows.map(
        ({ endpoint }: { endpoint: string }) => endpoint,
      );
    expect(await endpointsOf('')).toEqual(['-', 'api', 'sts']);
    expect(await endpointsOf('endpoint=sts')).toEqual(['sts']);
    expect(await endpointsOf('endpoint=none')).toEqual(['-']);
  });

  it('is counted over all that fits, attempts and not records', async () => {
    await write('2026-03-01', [
      ...Array.from({ length: 150 }, () => flow({})),
      flow({ part: 'end', attemptCount: 0 }),
      flow({ action: 'REJECT', name: 'evil.example', part: 'summary', attemptCount: 5_000 }),
      flow({ action: 'REJECT', name: undefined, destinationAddress: '203.0.113.9' }),
    ]);
    const admin = await running.browserOf('admin');
    expect((await admin.send('/api/flows/summary')).json).toEqual({
      names: [
        { name: 'evil.example', accepted: 0, rejected: 5_000 },
        { name: 'pypi.org', accepted: 150, rejected: 0 },
        { name: '203.0.113.9', accepted: 0, rejected: 1 },
      ],
      isComplete: true,
    });
    const { names } = (await admin.send('/api/flows/summary?action=ACCEPT')).json;
    expect(names).toEqual([{ name: 'pypi.org', accepted: 150, rejected: 0 }]);
  });

  it('is read a part at a time where nothing fits, however long it is', async () => {
    const one = flow({});
    await write(
      '2026-02-27',
      Array.from({ length: 60_000 }, () => one),
    );
    await write('2026-02-26', [
      ...Array.from({ length: 60_000 }, () => one),
      flow({ name: 'rare.example' }),
    ]);
    await write('2026-02-25', [flow({ name: 'rare.example' })]);
    const admin = await running.browserOf('admin');
    const first = (await admin.send('/api/flows?name=rare')).json;
    expect(first.flows).toHaveLength(1);
    expect(first.cursor).toMatch(/^2026-02-26:/);
    const second = (await admin.send(`/api/flows?name=rare&cursor=${first.cursor}`)).json;
    expect(second.flows).toHaveLength(1);
    expect(second.cursor).toBeNull();
  });
});
