import { type Simulation, simulationRequestSchema, simulationSchema } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

export interface SimulateOptions {
  readonly dataFolder: string;
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  /** Each `<key>=<value>`; a key given twice has both values. */
  readonly context?: readonly string[];
  readonly notebook?: boolean;
  readonly endpoint?: string;
  readonly json?: boolean;
}

/** Asks without doing. Resolves to the exit status: 0 where it would be allowed, else 1. */
export async function simulate(terminal: Terminal, options: SimulateOptions): Promise<number> {
  const asked = simulationRequestSchema.safeParse({
    profileName: options.as,
    actingAs: options.notebook === true ? 'notebook' : 'person',
    action: options.action,
    resource: options.resource,
    context: readContext(options.context ?? []),
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
  });
  if (!asked.success) {
    const [issue] = asked.error.issues;
    throw new Error(`Cannot ask this: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const question = { method: 'POST', path: '/policies/simulate', body: asked.data } as const;
  const answer = await askOperator(options.dataFolder, question, simulationSchema);
  if (options.json === true) terminal.print(JSON.stringify(answer, null, 2));
  else printSimulation(terminal, answer);
  return answer.allowed ? 0 : 1;
}

function readContext(pairs: readonly string[]): Record<string, string | string[]> {
  const context: Record<string, string | string[]> = {};
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 1) throw new Error(`Cannot use the context "${pair}": write <key>=<value>`);
    const [key, value] = [pair.slice(0, at), pair.slice(at + 1)];
    const known = context[key];
    context[key] = known === undefined ? value : [known, value].flat();
  }
  return context;
}

function printSimulation({ print }: Terminal, answer: Simulation): void {
  print(answer.allowed ? 'Allowed' : 'Refused');
  print(`  ${answer.sentence.english}`);
  print(`  Rule      ${answer.rule}`);
  print(`  Principal ${answer.principalArn}`);
  print(`  Action    ${answer.action}`);
  print(`  Resource  ${answer.resourceArn}`);
  if (answer.statements.length === 0) return;
  print('Statements that spoke:');
  for (const { policy, statement, effect, applied, conditions } of answer.statements) {
    print(`  ${effect} ${policy}/${statement}${applied ? '' : ', but its condition did not hold'}`);
    for (const { operator, key, wanted, seen } of conditions) {
      const found = seen === null ? 'missing' : `"${seen.join('", "')}"`;
      print(`    ${operator} ${key}: wanted "${wanted.join('", "')}", found ${found}`);
    }
  }
}
