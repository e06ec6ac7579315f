import { at, type Resource } from '../../graph/resource.ts';
import type { Resources } from '../../graph/resources.ts';
import { studioVpcs } from '../../graph/studio.ts';

export function groupsOfStudioNetworks(resources: Resources): readonly Resource[] {
  const vpcs = new Set(studioVpcs(resources).map(({ reference }) => reference));
  return resources
    .ofType('AWS::EC2::SecurityGroup')
    .filter((group) => vpcs.has(String(at(group, 'VpcId'))));
}
