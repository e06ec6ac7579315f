import { type Attack, type AttackContext, cleanUpLeftovers } from './attacks/attack.ts';
import { explainUnknown, type Finding, type Probe, type ProbeResult, unknown } from './probe.ts';

export interface CheckOptions {
  readonly context: AttackContext;
  readonly probes: readonly Probe[];
  /** None in a check that only reads. */
  readonly attacks: readonly Attack[];
  /** As each is told. */
  readonly onResults?: (results: readonly ProbeResult[]) => void;
}

/**
 * Every probe in its order, each written down before the next. In another account than the domain file's
 * nothing else is asked, and nothing is attacked.
 */
export async function runCheck(options: CheckOptions): Promise<ProbeResult[]> {
  const { context, probes, attacks, onResults = () => undefined } = options;
  const { journal } = context;
  const all: ProbeResult[] = [];
  const tell = (results: readonly ProbeResult[]) => {
    all.push(...results);
    onResults(results);
  };
  const ask = async (probe: string, look: () => Promise<readonly Finding[]>) => {
    const known = journal.resultsOf(probe);
    if (known !== undefined) return tell(known);
    const results = (await findings(look)).map((finding) => ({ probe, ...finding }));
    await journal.record(probe, results);
    tell(results);
  };
  const [account, ...others] = probes;
  if (account === undefined) return all;
  // Asked anew also where a check is taken up again: other credentials may be in use by now.
  const first = (await findings(() => account.look(context))).map((each) => ({
    ...{ probe: account.name, ...each },
  }));
  tell(first);
  if (first.some(({ state }) => state !== 'pass')) return all;
  for (const what of await cleanUpLeftovers(context)) {
    tell([{ probe: 'clean-up', ...unknown(`Still there, from an earlier check: ${what}`) }]);
  }
  for (const probe of others) await ask(probe.name, () => probe.look(context));
  for (const attack of attacks) await ask(attack.name, () => attack.attempt(context));
  return all;
}

async function findings(look: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    const found = await look();
    return found.length > 0 ? found : [unknown('Nothing was looked at')];
  } catch (error) {
    return [unknown(explainUnknown(error))];
  }
}

/** 0: everything passed. 1: something failed. 2: nothing failed, and something could not be told. */
export function exitCodeOf(results: readonly ProbeResult[]): 0 | 1 | 2 {
  if (results.some(({ state }) => state === 'fail')) return 1;
  return results.length === 0 || results.some(({ state }) => state === 'unknown') ? 2 : 0;
}
