import { scrubReportSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import { printTable } from '../print-table.ts';
import type { Terminal } from '../program.ts';
import { writeSize } from '../s3/printable.ts';

/** Resolves to the exit status: 1 where anything is damaged or could not be looked at. */
export async function scrub(
  terminal: Terminal,
  { dataFolder, json }: { readonly dataFolder: string; readonly json?: boolean },
): Promise<number> {
  const question = { method: 'POST', path: '/storage/scrub', body: {} } as const;
  const report = await askOperator(dataFolder, question, scrubReportSchema);
  const { problems, checkedObjects, checkedBytes } = report;
  if (json === true) {
    terminal.print(JSON.stringify(report, null, 2));
    return problems.length === 0 ? 0 : 1;
  }
  if (problems.length > 0) {
    const rows = problems.map(({ bucket, key, versionId, state, message }) => [
      ...[state, bucket, key, versionId, message],
    ]);
    printTable(terminal, [['State', 'Bucket', 'Key', 'Version', 'Why'], ...rows]);
  }
  terminal.print(`Read ${checkedObjects} objects, ${writeSize(checkedBytes)}`);
  terminal.print(
    problems.length === 0 ? 'Everything is as it was written.' : `${problems.length} problems.`,
  );
  return problems.length === 0 ? 0 : 1;
}
