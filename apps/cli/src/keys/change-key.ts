import { keyCommandSchema, keySummarySchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';
import { printable } from '../s3/printable.ts';
import type { Surroundings } from '../s3/surroundings.ts';
import { describeState } from './list-keys.ts';

export interface ChangeKeyOptions {
  readonly dataFolder: string;
  /** An id, `alias/<name>` or an ARN. */
  readonly key: string;
  readonly command: ReturnType<typeof keyCommandSchema.parse>['command'];
  readonly days?: string;
  readonly yes?: boolean;
}

interface Place {
  readonly terminal: Terminal;
  readonly surroundings: Pick<Surroundings, 'ask'>;
}

/** What makes data unreadable is asked about first. @throws {Error} with a sentence for the terminal */
export async function changeKey(
  { terminal, surroundings }: Place,
  { dataFolder, key, command, days, yes = false }: ChangeKeyOptions,
): Promise<void> {
  const takesAway = command === 'disable' || command === 'schedule-deletion';
  if (takesAway && !yes) await askFirst(surroundings.ask, key);
  const waiting = days === undefined ? {} : { waitingDays: Number(days) };
  const body = keyCommandSchema.safeParse({ key, command, ...waiting });
  if (!body.success) throw new Error(`Cannot wait "${days}" days: 7 to 30 are allowed`);
  const question = { method: 'POST', path: '/keys', body: body.data } as const;
  const changed = await askOperator(dataFolder, question, keySummarySchema);
  const name = changed.aliases[0] ?? changed.keyId;
  const state = describeState(changed);
  terminal.print(`${printable(name)}: ${state}, ${changed.versionCount} versions`);
}

async function askFirst(ask: Surroundings['ask'], key: string): Promise<void> {
  if (ask === undefined) throw new Error(`Cannot take "${key}" away without asking: add --yes`);
  const question = `Nobody can read what "${key}" sealed from then on. Write the key again to confirm: `;
  if ((await ask(question)).trim() === key) return;
  throw new Error('Nothing was changed');
}
