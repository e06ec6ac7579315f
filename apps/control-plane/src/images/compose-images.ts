import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { SandboxHost } from '@strongroom/sandbox';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { Domain } from '../config/domain.ts';
import { readServiceUid } from '../identity/service-uid.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { State } from '../state/database.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import { ImageOffers } from './image-offers.ts';
import { ImageStore } from './image-store.ts';
import { Images } from './images.ts';

export interface ComposeImagesOptions {
  readonly domain: () => Domain;
  readonly state: State;
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  /** Whether each person has a host uid of their own. */
  readonly hasUids: boolean;
  readonly authorize: Authorize;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly log: StudioLog;
  readonly closers: Closers;
}

/** The images of the domain, not looked into yet: that begins with `follow`. */
export async function composeImages(
  options: ComposeImagesOptions,
): Promise<{ readonly images: Images; readonly offers: ImageOffers }> {
  const { domain, state, sandboxHost, hasUids, authorize, audit, clock, log, closers } = options;
  const { dataFolder, objects } = domain();
  const folder = join(dataFolder, 'images');
  const store = await ImageStore.open({
    ...{ folder, clock, freeSpaceFloorBytes: objects.freeSpaceFloorBytes },
    async freeBytes() {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
  });
  const hostUid = hasUids ? await readServiceUid(state, clock, '.images') : undefined;
  const images = new Images({ domain, store, sandboxHost, hostUid, audit: audit.images, log });
  closers.add(() => images.close());
  return { images, offers: new ImageOffers({ images, domain, authorize }) };
}
