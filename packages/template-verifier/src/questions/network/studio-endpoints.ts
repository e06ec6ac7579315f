import { endpointsOf } from '../../graph/network.ts';
import type { Resource } from '../../graph/resource.ts';
import type { Resources } from '../../graph/resources.ts';
import { studioVpcs } from '../../graph/studio.ts';

/** The endpoints of every network that studios are in. */
export function studioEndpoints(resources: Resources): readonly Resource[] {
  return studioVpcs(resources).flatMap((vpc) => endpointsOf(resources, vpc));
}
