import { authorityRotationSchema } from '@strongroom/contracts';
import type { Terminal } from '../program.ts';
import { askOperator } from './ask-operator.ts';

export async function rotateAuthority(
  terminal: Terminal,
  { dataFolder, now = false }: { readonly dataFolder: string; readonly now?: boolean },
): Promise<void> {
  const body = { immediately: now };
  const question = { method: 'POST', path: '/authority/rotate', body } as const;
  const answer = await askOperator(dataFolder, question, authorityRotationSchema);
  const { fingerprint, expiresAt, previousTrustedUntil } = answer;
  terminal.print(`New authority, until ${expiresAt}`);
  terminal.print(`  SHA-256 ${fingerprint}`);
  terminal.print(
    previousTrustedUntil === null
      ? 'The authority of before is trusted no longer. Restart kernels whose calls fail.'
      : `The authority of before serves until the studios that run now have ended, at the latest ${previousTrustedUntil}.`,
  );
}
