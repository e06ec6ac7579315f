import {
  type CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Domain } from '@strongroom/domain';
import type { AssembledStack } from './assembly.ts';

export interface DeployedResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

/** What was synthesised, and what CloudFormation says is there of it. */
export interface Deployment {
  readonly domain: Domain;
  readonly stacks: readonly AssembledStack[];
  /** Of stacks that could not be asked, why. */
  readonly unread: ReadonlyMap<string, unknown>;
  ofType(type: string): readonly DeployedResource[];
}

/** Reads what each stack has; one that cannot be read is told in `unread`, and the others are. */
export async function readDeployment(options: {
  readonly domain: Domain;
  readonly stacks: readonly AssembledStack[];
  readonly cloudFormation: CloudFormationClient;
}): Promise<Deployment> {
  const { domain, stacks, cloudFormation } = options;
  const resources: DeployedResource[] = [];
  const unread = new Map<string, unknown>();
  for (const { stackName } of stacks) {
    try {
      await cloudFormation.send(new DescribeStacksCommand({ StackName: stackName }));
      resources.push(...(await listResources(cloudFormation, stackName)));
    } catch (error) {
      unread.set(stackName, error);
    }
  }
  return {
    ...{ domain, stacks, unread },
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

async function listResources(client: CloudFormationClient, stackName: string) {
  const found: DeployedResource[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListStackResourcesCommand({
        ...{ StackName: stackName },
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    for (const summary of page.StackResourceSummaries ?? [])
      found.push(...read(stackName, summary));
    nextToken = page.NextToken;
  } while (nextToken !== undefined);
  return found;
}

function read(stackName: string, summary: StackResourceSummary): DeployedResource[] {
  const {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
  } = summary;
  if (logicalId === undefined || physicalId === undefined || type === undefined) return [];
  return [{ stackName, logicalId, physicalId, type }];
}
