import { each, failed, type Probe, passed, unknown } from '../probe.ts';
import { readDrifts } from './drift.ts';

type Resource = { readonly Type?: string; readonly Properties?: Record<string, unknown> };

/** Execution roles: SageMaker's alone. */
const isExecutionRole = ({ Type, Properties = {} }: Resource) =>
  Type === 'AWS::IAM::Role' &&
  JSON.stringify(Properties.AssumeRolePolicyDocument ?? '').includes('sagemaker.amazonaws.com');

/**
 * By the template and by CloudFormation's comparison of each role with it. Run after `drift`, whose detection
 * it reads: before that it is unknown.
 */
export const boundaries: Probe = {
  name: 'boundaries',
  question: 'Every execution role has the permissions boundary',
  look(context) {
    const drifts = new Map<string, ReturnType<typeof readDrifts>>();
    const driftsOf = (stackName: string) => {
      const known = drifts.get(stackName) ?? readDrifts(context, stackName);
      drifts.set(stackName, known);
      return known;
    };
    const roles = context.deployment.stacks.flatMap(({ stackName, template }) =>
      Object.entries((template.Resources ?? {}) as Record<string, Resource>)
        .filter(([, resource]) => isExecutionRole(resource))
        .map(([logicalId, { Properties = {} }]) => ({ stackName, logicalId, Properties })),
    );
    return each(
      roles,
      ({ stackName, logicalId }) => `${stackName}/${logicalId}`,
      async ({ stackName, logicalId, Properties }) => {
        if (Properties.PermissionsBoundary === undefined)
          return failed('The template gives it none');
        const drift = (await driftsOf(stackName)).find(
          ({ LogicalResourceId }) => LogicalResourceId === logicalId,
        );
        const status = drift?.StackResourceDriftStatus;
        if (status === 'IN_SYNC') return passed('As in the template, with the boundary');
        if (status === 'MODIFIED' || status === 'DELETED') return failed(`The role is ${status}`);
        return unknown('CloudFormation has not compared this role');
      },
    );
  },
};
