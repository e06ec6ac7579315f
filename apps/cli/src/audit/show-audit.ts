import { join } from 'node:path';
import { readTrail } from '@strongroom/audit-trail';
import type { Terminal } from '../program.ts';

export interface ShowAuditOptions {
  readonly dataFolder: string;
  readonly from?: string;
  readonly to?: string;
  readonly event?: string;
  readonly person?: string;
  readonly limit: string;
}

/** Prints what happened, the latest first, as it stands in the trail. */
export async function showAudit(
  { print }: Terminal,
  { dataFolder, from, to, event, person, limit }: ShowAuditOptions,
): Promise<void> {
  const maximum = Number(limit);
  if (!Number.isSafeInteger(maximum) || maximum < 1)
    throw new Error(`Cannot use the limit "${limit}"`);
  const question = { fromDay: from, toDay: to, event, profileName: person };
  let count = 0;
  for await (const { record } of readTrail(join(dataFolder, 'audit'), question)) {
    const { profileName, ...fields } = record.fields;
    print(
      `${record.sequence}  ${record.time}  ${record.event}  ${profileName ?? '-'}  ${JSON.stringify(fields)}`,
    );
    count += 1;
    if (count === maximum) return;
  }
}
