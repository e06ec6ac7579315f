import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CollectedFlows } from '../testing/collected-flows.ts';
import { testStudio } from '../testing/test-studio.ts';
import type { FlowObservation } from './flow-log.ts';
import { SummarisedFlows } from './summarised-flows.ts';

const start = Date.parse('2026-03-01T12:00:00Z');
let now: number;
let written: CollectedFlows;
let flows: SummarisedFlows;

beforeEach(() => {
  now = start;
  written = new CollectedFlows();
  flows = new SummarisedFlows({
    ...{ flowLog: written, clock: () => new Date(now) },
    limits: { recordCount: 10, refillSeconds: 1, summaryCount: 3 },
  });
});
afterEach(() => flows.close());

function refusal(change: Partial<FlowObservation> = {}): FlowObservation {
  return {
    ...{ studio: testStudio('alice'), protocol: 'tcp', sourcePort: 40_000 },
    ...{ destinationAddress: '203.0.113.9', destinationPort: 443, action: 'REJECT' },
    ...{ rule: 'egress/off', name: undefined, endpoint: undefined, reachedAddress: undefined },
    ...{ part: 'whole', attemptCount: 1, sentBytes: 3, receivedBytes: 5 },
    ...{ startedAt: new Date(now), endedAt: new Date(now) },
    ...change,
  };
}

function record(count: number, change: Partial<FlowObservation> = {}): void {
  for (let index = 0; index < count; index += 1) flows.record(refusal(change));
}

const attempts = () => written.all.reduce((sum, { attemptCount }) => sum + attemptCount, 0);

describe('a flow log that a studio tries to flood', () => {
  it('gives each attempt a record of its own while the studio keeps to the rate', () => {
    record(10);
    expect(written.all.map(({ part }) => part)).toEqual(Array.from({ length: 10 }, () => 'whole'));
    now += 5_000;
    record(5);
    expect(written.all).toHaveLength(15);
  });

  it('counts beyond it and writes one for all that are alike', () => {
    record(1_000);
    now += 2_000;
    expect(written.all).toHaveLength(10);
    flows.writeSummaries();
    expect(written.all).toHaveLength(11);
    expect(written.all.at(-1)).toMatchObject({
      ...{ part: 'summary', attemptCount: 990, sentBytes: 2_970, receivedBytes: 4_950 },
      ...{ rule: 'egress/off', destinationAddress: '203.0.113.9', destinationPort: 443 },
      startedAt: new Date(start),
    });
    flows.writeSummaries();
    expect(written.all).toHaveLength(11);
  });

  it('leaves the records of another studio as they are', () => {
    record(1_000);
    record(10, { studio: testStudio('bob') });
    expect(written.all.filter(({ studio }) => studio.profileName === 'bob')).toHaveLength(10);
  });

  it('tells so many destinations apart and loses none of the count', () => {
    record(10);
    for (let index = 0; index < 500; index += 1) {
      record(2, { destinationAddress: `198.51.100.${index % 250}`, destinationPort: index + 1 });
    }
    flows.writeSummaries();
    expect(attempts()).toBe(1_010);
    const summaries = written.all.slice(10);
    expect(summaries).toHaveLength(4);
    expect(summaries.at(-1)).toMatchObject({ destinationAddress: '0.0.0.0', attemptCount: 994 });
  });

  it('says which rule and what came of it, and no name that only some have', () => {
    record(10);
    record(2, { name: 'a.example', action: 'ACCEPT', rule: 'egress/open/1' });
    record(2, { name: 'a.example' });
    record(1, { name: 'b.example' });
    flows.writeSummaries();
    expect(written.all.slice(10)).toMatchObject([
      { action: 'ACCEPT', rule: 'egress/open/1', name: 'a.example', attemptCount: 2 },
      { action: 'REJECT', rule: 'egress/off', name: undefined, attemptCount: 3 },
    ]);
  });

  it('writes what is counted when it closes', () => {
    record(12);
    flows.close();
    expect(attempts()).toBe(12);
  });
});
