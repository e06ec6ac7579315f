import { type DomainPolicy, domainPoliciesSchema, type PolicyBinding } from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

export interface ShowPoliciesOptions {
  readonly dataFolder: string;
  /** Only this one, as the IAM document it is. */
  readonly name?: string;
  readonly json?: boolean;
}

/** Every policy with whom it binds; of one, its document. Resolves to the exit status. */
export async function showPolicies(
  terminal: Terminal,
  { dataFolder, name, json }: ShowPoliciesOptions,
): Promise<number> {
  const question = { method: 'GET', path: '/policies' } as const;
  const { policies, problems, warnings } = await askOperator(
    dataFolder,
    question,
    domainPoliciesSchema,
  );
  if (name !== undefined) {
    const named = policies.find((policy) => policy.name === name);
    if (named === undefined) {
      const names = policies.map((policy) => policy.name).join(', ');
      throw new Error(`Cannot find the policy "${name}": the policies are ${names}`);
    }
    terminal.print(JSON.stringify(named.document, null, 2));
    return 0;
  }
  const status = problems.length === 0 ? 0 : 1;
  if (json === true) {
    terminal.print(JSON.stringify({ policies, problems, warnings }, null, 2));
    return status;
  }
  for (const policy of policies) printPolicy(terminal, policy);
  for (const { policy, warning } of warnings) {
    terminal.print(`Look again at ${policy}: ${warning.english}`);
  }
  for (const { file, problem } of problems) terminal.print(`Not in force: ${file}: ${problem}`);
  return status;
}

function printPolicy({ print }: Terminal, policy: DomainPolicy): void {
  print(`${policy.name} (${policy.kind})`);
  print(`  ${policy.purpose.english}`);
  print(`  Binds ${policy.bindings.map(describeBinding).join(', ')}`);
  if (policy.file !== null) print(`  From ${policy.file}`);
}

function describeBinding(binding: PolicyBinding): string {
  switch (binding.kind) {
    case 'everyone':
      return 'everyone';
    case 'role':
      return `the role ${binding.role}`;
    case 'team':
      return `the team ${binding.team}`;
    case 'person':
      return binding.profileName;
    case 'execution-role':
      return `the notebooks of ${binding.profileName}`;
    case 'every-execution-role':
      return 'all notebooks';
    case 'bucket':
      return `the bucket ${binding.bucket}`;
    case 'key':
      return `the key ${binding.keyId}`;
    case 'endpoint':
      return `the endpoint ${binding.endpoint}`;
  }
}
