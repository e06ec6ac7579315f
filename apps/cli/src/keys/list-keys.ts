import { type KeySummary, keyListSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import { printTable } from '../print-table.ts';
import type { Terminal } from '../program.ts';

export async function listKeys(
  terminal: Terminal,
  { dataFolder, json }: { readonly dataFolder: string; readonly json?: boolean },
): Promise<void> {
  const question = { method: 'GET', path: '/keys' } as const;
  const { keys } = await askOperator(dataFolder, question, keyListSchema);
  if (json === true) {
    terminal.print(JSON.stringify(keys, null, 2));
    return;
  }
  const header = ['Alias', 'Key ID', 'State', 'Held by', 'Versions', 'Created'];
  printTable(terminal, [header, ...keys.map(describe)]);
}

function describe(key: KeySummary): string[] {
  const { aliases, keyId, provider, versionCount, createdAt } = key;
  const created = createdAt.slice(0, 10);
  return [
    aliases.join(', ') || '-',
    keyId,
    describeState(key),
    provider,
    `${versionCount}`,
    created,
  ];
}

export function describeState({ state, deletionDate }: KeySummary): string {
  return deletionDate === null ? state : `Deleted at ${deletionDate}`;
}
