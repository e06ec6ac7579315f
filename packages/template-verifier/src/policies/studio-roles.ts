import { at } from '../graph/resource.ts';
import type { Resources } from '../graph/resources.ts';
import { domainsIn, profilesIn } from '../graph/studio.ts';

/**
 * The roles that studios really run as: each profile's own, and the domain's where a profile has none or
 * where profiles are made elsewhere. A domain's role that nobody gets may be one that can do nothing.
 */
export function studioRoleArns(resources: Resources): ReadonlySet<unknown> {
  const profiles = profilesIn(resources);
  const own = profiles.map((profile) => at(profile, 'UserSettings.ExecutionRole'));
  const isDefaultUsed = profiles.length === 0 || own.includes(undefined);
  const defaults = domainsIn(resources).map((domain) =>
    at(domain, 'DefaultUserSettings.ExecutionRole'),
  );
  return new Set([...own, ...(isDefaultUsed ? defaults : [])]);
}
