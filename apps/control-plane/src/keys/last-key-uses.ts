import { type KeyLastUse, profileNameSchema } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { TrailReader } from '../audit/trail-reader.ts';
import type { Clock } from '../clock.ts';
import { actingByArn } from '../policies/acting-by-arn.ts';

export const lookBackDays = 7;
/** A page that is opened must not read for long: the newest uses are what it is about. */
const maximumRecords = 5_000;
const dayMilliseconds = 24 * 60 * 60 * 1000;
/** What seals or opens; a change of the key is no use of it. */
const usingActions: ReadonlySet<unknown> = new Set([
  ...['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
]);

/** Who used each of these keys last, by the audit trail, as far as it is looked back. By key ARN. */
export async function lastKeyUses(
  keyArns: readonly string[],
  options: {
    readonly trail: Pick<TrailReader, 'page'>;
    readonly domain: Domain;
    readonly clock: Clock;
  },
): Promise<ReadonlyMap<string, KeyLastUse>> {
  const { trail, domain, clock } = options;
  const missing = new Set(keyArns);
  const found = new Map<string, KeyLastUse>();
  const from = new Date(clock().getTime() - lookBackDays * dayMilliseconds);
  const question = { event: 'key-used', fromDay: from.toISOString().slice(0, 10) };
  const { records } = await trail.page(question, maximumRecords);
  for (const { time, fields } of records) {
    const { action, target, principal, outcome } = fields;
    const isMeant = typeof target === 'string' && missing.has(target);
    if (isMeant && outcome === 'allowed' && usingActions.has(action)) {
      missing.delete(target);
      const who = describePrincipal(domain, String(principal));
      found.set(target, { at: time, action: String(action), ...who });
    }
    if (missing.size === 0) break;
  }
  return found;
}

/** A session's name where the person has left since. */
function describePrincipal(domain: Domain, principal: string) {
  if (principal === 'platform' || principal === 'operator') {
    return { principal, kind: principal, profileName: null } as const;
  }
  const acting = actingByArn(domain, principal);
  if (acting === undefined) {
    const session = profileNameSchema.safeParse(principal.split('/').at(-1));
    return { principal, kind: 'unknown', profileName: session.data ?? null } as const;
  }
  return acting.kind === 'person'
    ? ({ principal, kind: 'person', profileName: acting.person.profileName } as const)
    : ({ principal, kind: 'notebook', profileName: acting.profileName } as const);
}
