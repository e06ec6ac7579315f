import type { Probe } from './probe.ts';
import { account } from './probes/account.ts';
import { boundaries } from './probes/boundaries.ts';
import {
  bucketPolicies,
  encryption,
  objectLock,
  publicAccess,
  versioning,
} from './probes/buckets.ts';
import { createDrift } from './probes/drift.ts';
import { homes, images, keys } from './probes/keys.ts';
import { defaultGroups, endpoints, flowLogs, routes } from './probes/network.ts';
import { domainKey, domainNetwork, domainSettings, profiles } from './probes/studio-domain.ts';
import { templates } from './probes/templates.ts';

/** In this order: `boundaries` reads what `drift` made CloudFormation compare. */
export function readOnlyProbes(driftPauseMilliseconds?: number): readonly Probe[] {
  return [
    ...[account, templates, createDrift(driftPauseMilliseconds), boundaries],
    ...[domainNetwork, domainKey, domainSettings, profiles],
    ...[routes, endpoints, defaultGroups, flowLogs],
    ...[publicAccess, encryption, bucketPolicies, versioning, objectLock],
    ...[keys, homes, images],
  ];
}
