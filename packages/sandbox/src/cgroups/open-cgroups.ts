import type { CgroupSetup } from '../host-setup.ts';
import type { CgroupDriver } from './cgroup.ts';
import { openCgroupsV1 } from './cgroup-v1.ts';
import { openCgroupsV2 } from './cgroup-v2.ts';

/** Undefined where the host has no control groups that we may use. */
export function openCgroups(setup: CgroupSetup, installationId: string): CgroupDriver | undefined {
  switch (setup.version) {
    case 'v1':
      return openCgroupsV1(setup.folders, installationId);
    case 'v2':
      return openCgroupsV2(setup.folder, installationId);
    case 'none':
      return undefined;
  }
}
