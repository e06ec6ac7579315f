import type { Synthesis } from './synthesize.ts';

/** CloudFormation, "Quotas". */
const mostResources = 500;
const shownFindings = 40;

/** What was made and what the checks found, a line each. */
export function describeSynthesis({
  folder,
  stacks,
  leftToPortal,
  findings,
  acknowledgedCount,
}: Synthesis): string[] {
  return [
    ...stacks.map(
      ({ stackName, resourceCount, templateBytes }) =>
        `${stackName}: ${resourceCount} of ${mostResources} resources, ${Math.ceil(templateBytes / 1024)} KiB`,
    ),
    `Left to the portal, which decides by them before it acts: ${shortened(leftToPortal)}`,
    `Written to ${folder}`,
    ...findings.slice(0, shownFindings).map(describeFinding),
    ...(findings.length > shownFindings ? [`… and ${findings.length - shownFindings} more`] : []),
    findings.length === 0
      ? `Checked by CloudFormation's rules, AWS Solutions, NIST 800-53 and PCI DSS: nothing but ${acknowledgedCount} places that have a reason`
      : `Checked: ${findings.length} found that nobody gave a reason for`,
  ];
}

function describeFinding({
  source,
  rule,
  description,
  constructPaths,
}: Synthesis['findings'][number]) {
  const text = description.length > 300 ? `${description.slice(0, 299)}…` : description;
  return `✗ ${source} ${rule}: ${text} (${constructPaths.slice(0, 3).join(', ')})`;
}

function shortened(names: readonly string[]): string {
  const shown = names.slice(0, 6).join(', ');
  return names.length > 6 ? `${shown} and ${names.length - 6} more` : shown;
}
