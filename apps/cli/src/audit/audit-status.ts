import { operatorAuditSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

/** Prints where the trail stands, and what the logs take on the disk and will. */
export async function showAuditStatus(
  { print }: Terminal,
  { dataFolder, json }: { readonly dataFolder: string; readonly json?: boolean },
): Promise<void> {
  const question = { method: 'GET', path: '/audit' } as const;
  const status = await askOperator(dataFolder, question, operatorAuditSchema);
  if (json === true) return print(JSON.stringify(status, null, 2));
  const { last, sizes } = status;
  print(`Last event ${last.sequence}:${last.hash}`);
  for (const { log, sizeBytes, dayCount, bytesPerDay, estimatedBytes } of sizes.logs) {
    const now = `${megabytes(sizeBytes)} of ${dayCount} days, ${megabytes(bytesPerDay)} a day`;
    print(`${log.padEnd(11)}  ${now}`);
    print(
      `             about ${megabytes(estimatedBytes)} for the ${sizes.retentionDays} days kept`,
    );
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
