import { AgentError } from '../http/agent-error.ts';

/** The rule of `instanceTypeNameSchema` (packages/contracts), without the schema's library. */
const namePattern = /^ml\.[a-z0-9-]+\.[a-z0-9]+$/;
const maximumLength = 64;

export function isInstanceType(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maximumLength && namePattern.test(value);
}

/** `kernel.instance_type` of a request; throws `InvalidRequest` where it is no name of one. */
export function readInstanceType(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (isInstanceType(value)) return value;
  throw new AgentError('InvalidRequest', '"instance_type" must be a name such as ml.t3.medium');
}
