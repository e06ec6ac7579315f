import { setTimeout as wait } from 'node:timers/promises';
import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { each, failed, type Probe, type ProbeContext, passed, unknown } from '../probe.ts';

const maximumLooks = 120;

/**
 * Whatever was changed by hand since: CloudFormation compares each resource with its template, among them
 * roles with their boundaries, the trail, flow logs and images (CloudFormation User Guide, "Detect unmanaged
 * configuration changes"). It changes nothing, and needs the right to read what it compares.
 */
export function createDrift(pauseMilliseconds = 5_000): Probe {
  return {
    name: 'drift',
    question: 'Nothing was changed beside CloudFormation since it was deployed',
    look: (context) =>
      each(
        context.deployment.stacks.filter(
          ({ stackName }) => !context.deployment.unread.has(stackName),
        ),
        ({ stackName }) => stackName,
        async ({ stackName }) => {
          const outcome = await detect(context, stackName, pauseMilliseconds);
          if (outcome !== undefined) return unknown(outcome);
          const drifts = await readDrifts(context, stackName);
          const changed = drifts.filter(({ StackResourceDriftStatus: status }) =>
            ['MODIFIED', 'DELETED'].includes(status ?? ''),
          );
          if (changed.length > 0) return failed(`Changed: ${changed.map(nameOf).join(', ')}`);
          const unchecked = drifts.filter(
            ({ StackResourceDriftStatus: status }) => status !== 'IN_SYNC',
          );
          const same = drifts.length - unchecked.length;
          if (same === 0) return unknown('CloudFormation compared no resource');
          return passed(
            `${same} resources are as in the template; ${unchecked.length} are of types that CloudFormation does not compare`,
          );
        },
      ),
  };
}

/** `undefined` once it is complete; else why it is not. */
async function detect(
  { clients }: ProbeContext,
  StackName: string,
  pauseMilliseconds: number,
): Promise<string | undefined> {
  const { cloudFormation } = clients;
  const { StackDriftDetectionId } = await cloudFormation.send(
    new DetectStackDriftCommand({ StackName }),
  );
  const command = new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId });
  for (let count = 0; count < maximumLooks; count += 1) {
    const found = await cloudFormation.send(command);
    if (found.DetectionStatus === 'DETECTION_COMPLETE') return undefined;
    if (found.DetectionStatus === 'DETECTION_FAILED') {
      return `DETECTION_FAILED: ${found.DetectionStatusReason ?? 'no reason is given'}`;
    }
    await wait(pauseMilliseconds);
  }
  return 'CloudFormation still compares; check again later';
}

export async function readDrifts({ clients }: ProbeContext, StackName: string) {
  const drifts: StackResourceDrift[] = [];
  let nextToken: string | undefined;
  do {
    const more = nextToken === undefined ? {} : { NextToken: nextToken };
    const page = await clients.cloudFormation.send(
      new DescribeStackResourceDriftsCommand({ StackName, ...more }),
    );
    drifts.push(...(page.StackResourceDrifts ?? []));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return drifts;
}

function nameOf({ LogicalResourceId, ResourceType, PropertyDifferences }: StackResourceDrift) {
  const paths = (PropertyDifferences ?? []).map(({ PropertyPath }) => PropertyPath).slice(0, 3);
  return `${LogicalResourceId} (${ResourceType}${paths.length > 0 ? ` ${paths.join(' ')}` : ''})`;
}
