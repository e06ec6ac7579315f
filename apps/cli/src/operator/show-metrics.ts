import { operatorMetricsSchema } from '@strongroom/contracts';
import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

/** For a file that node_exporter's textfile collector reads, or for a look. */
export async function showMetrics(
  terminal: Terminal,
  { dataFolder }: { readonly dataFolder: string },
): Promise<void> {
  const question = { method: 'GET', path: '/metrics' } as const;
  const { text } = await askOperator(dataFolder, question, operatorMetricsSchema);
  terminal.print(text.trimEnd());
}
