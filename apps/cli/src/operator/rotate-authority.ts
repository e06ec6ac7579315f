import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

export async function rotateAuthority(
  terminal: Terminal,
  { dataFolder }: { readonly dataFolder: string },
): Promise<void> {
  const question = { method: 'POST', path: '/authority/rotate' } as const;
  await askOperator(dataFolder, question, { parse: () => undefined });
  terminal.print(
    'The authority is replaced. Running notebooks trust both until Strongroom restarts.',
  );
}
