import type { Domain } from '@strongroom/domain';

/** SageMaker's bounds of an idle time (API Reference, "IdleSettings"). */
const shortestMinutes = 60;
const longestMinutes = 525_600;

/** As the domain file says for the default type, within what SageMaker can do. */
export function idleMinutes({ defaults, instanceTypes, studios }: Domain): number {
  const type = instanceTypes.find(({ instanceType }) => instanceType === defaults.instanceType);
  const wanted = Math.ceil(type?.idleMinutes ?? studios.hibernateAfterMinutes);
  return Math.min(longestMinutes, Math.max(shortestMinutes, wanted));
}
