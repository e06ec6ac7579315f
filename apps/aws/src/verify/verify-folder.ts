import type { ReportInput } from '@strongroom/template-verifier';
import { acceptances } from './acceptances.ts';
import { exitCodeOf } from './exit-code.ts';
import { readFolder } from './read-folder.ts';
import { verifySource } from './verify-source.ts';

/** What a synthesis says, with this product's reasons for what no template can do. */
export async function verifyFolder(folder: string): Promise<ReportInput> {
  return verifySource(await readFolder(folder), { acceptances });
}

/** Why this is not to be deployed; empty where it may be. What cannot be told is not taken for good. */
export function reasonsAgainst(report: ReportInput): string[] {
  if (exitCodeOf(report) === 0) return [];
  const { broken, unknown } = report.verification.counts;
  return [
    `Cannot deploy: of what "strongroom aws verify" asks, ${broken} is broken and ${unknown} cannot be told.`,
    'Nothing was deployed. "strongroom aws verify" tells each with the statements that decide.',
  ];
}
