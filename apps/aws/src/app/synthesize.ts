import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Domain } from '@strongroom/domain';
import { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { withoutReason } from './acknowledgements.ts';
import { buildApp } from './build-app.ts';
import { emptyFolder } from './empty-folder.ts';
import { addNagPacks } from './nag-packs.ts';
import { readOwnPolicies } from './own-policies.ts';
import { type CheckFinding, readFindings } from './read-findings.ts';

interface SynthesizedStack {
  readonly stackName: string;
  /** Absolute. */
  readonly templateFile: string;
  readonly templateBytes: number;
  readonly resourceCount: number;
  /** What else must be there before it. */
  readonly dependsOn: readonly string[];
  readonly parameterNames: readonly string[];
}

export interface Synthesis {
  /** Absolute; what the CDK's own command line deploys. */
  readonly folder: string;
  readonly stacks: readonly SynthesizedStack[];
  /** Names of rendered documents that the portal decides by, because no service of AWS can hold them. */
  readonly leftToPortal: readonly string[];
  /** What the CDK's rules and those of cdk-nag found and nobody has given a reason for. */
  readonly findings: readonly CheckFinding[];
  /** Places where a rule does not hold and a reason is given. */
  readonly acknowledgedCount: number;
}

/** The templates of a domain in a folder, checked. Nobody is asked and nothing is sent. */
export async function synthesize(
  domain: Domain,
  options: {
    readonly folder: string;
    /** Every rule; without, only what CloudFormation itself would refuse. */
    readonly withRules?: boolean;
  },
): Promise<Synthesis> {
  const { folder } = options;
  const own = await readOwnPolicies(domain);
  await emptyFolder(folder);
  const { app, foundation } = buildApp(domain, { own, outputFolder: folder });
  if (options.withRules !== false) addNagPacks(app);
  const refused = quietly(() => app.synth());
  const found = await findingsIn(folder);
  // It throws for what rules find, and for what is wrong with the app: then there is no report.
  if (refused !== undefined && found.length === 0) throw refused;
  const assembly = new CloudAssembly(folder);
  const stacks = assembly.stacks.map((stack) => ({
    stackName: stack.stackName,
    templateFile: stack.templateFullPath,
    templateBytes: JSON.stringify(stack.template).length,
    resourceCount: Object.keys(stack.template.Resources ?? {}).length,
    dependsOn: stack.dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')),
    parameterNames: Object.keys(stack.template.Parameters ?? {}),
  }));
  const findings = found.flatMap((finding) => withoutReason(finding) ?? []);
  const { leftToPortal } = foundation.policies;
  return {
    folder,
    stacks,
    leftToPortal,
    findings,
    acknowledgedCount: countOf(found) - countOf(findings),
  };
}

/** The CDK prints a report and marks the process as failed; both are this command's to do. */
function quietly(work: () => unknown): unknown {
  const { exitCode } = process;
  const write = process.stderr.write;
  process.stderr.write = () => true;
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    process.stderr.write = write;
    process.exitCode = exitCode;
  }
}

function countOf(findings: readonly CheckFinding[]): number {
  return findings.reduce((sum, { constructPaths }) => sum + constructPaths.length, 0);
}

async function findingsIn(folder: string): Promise<CheckFinding[]> {
  const file = join(folder, 'validation-report.json');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? [] : readFindings(JSON.parse(text));
}
