import type { FlowSummary } from '@strongroom/contracts';
import type { FlowRecord } from './flow-record.ts';
import type { Flows, PlacedFlow } from './read-flows.ts';

/** Names told apart; a studio may make up any number. */
const maximumNameCount = 50_000;
const shownCount = 8;

/** One page of what was found, and where the next begins. */
export async function takePage(
  flows: Flows,
  size: number,
): Promise<{ page: PlacedFlow[]; cursor: string | null }> {
  const page: PlacedFlow[] = [];
  for (;;) {
    const next = await flows.next();
    if (next.done === true) return { page, cursor: next.value ?? null };
    page.push(next.value);
    if (page.length < size) continue;
    await flows.return(undefined);
    return { page, cursor: next.value.cursor };
  }
}

/** The names that were tried most, of all that was found. */
export async function summariseFlows(flows: Flows): Promise<FlowSummary> {
  const counts = new Map<string, { accepted: number; rejected: number }>();
  for (;;) {
    const next = await flows.next();
    if (next.done === true) {
      return { names: most(counts), isComplete: next.value === undefined };
    }
    count(counts, next.value.record);
  }
}

function count(
  counts: Map<string, { accepted: number; rejected: number }>,
  { name, dstaddr, action, attempts = 1 }: FlowRecord,
): void {
  const key = String(name === '-' ? dstaddr : name);
  const known = counts.get(key);
  if (known === undefined && counts.size >= maximumNameCount) return;
  const counted = known ?? { accepted: 0, rejected: 0 };
  counted[action === 'ACCEPT' ? 'accepted' : 'rejected'] += Number(attempts);
  counts.set(key, counted);
}

function most(counts: ReadonlyMap<string, { accepted: number; rejected: number }>) {
  return [...counts]
    .map(([name, each]) => ({ name, ...each }))
    .filter(({ accepted, rejected }) => accepted + rejected > 0)
    .sort((one, other) => other.accepted + other.rejected - one.accepted - one.rejected)
    .slice(0, shownCount);
}
