import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxPaths } from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import type { SandboxHost } from '@strongroom/sandbox';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Clock } from '../clock.ts';
import type { Closers } from '../closers.ts';
import type { DomainFile } from '../config/domain-file.ts';
import { readServiceUid } from '../identity/service-uid.ts';
import type { Authorize } from '../policies/access-request.ts';
import type { State } from '../state/database.ts';
import type { ProgramFolders } from '../studios/sandbox-specs.ts';
import type { StudioLog } from '../studios/studio-log.ts';
import type { Studios } from '../studios/studios.ts';
import { ImageAdministration } from './image-administration.ts';
import { ImageCatalog } from './image-catalog.ts';
import { ImageOffers } from './image-offers.ts';
import { ImageStore } from './image-store.ts';
import { Images } from './images.ts';
import { checkKernel } from './kernel-check.ts';

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
  readonly programs: Pick<ProgramFolders, 'agent'>;
}

/** The images of the domain, not looked into yet: that begins with `follow`. */
export async function composeImages(options: ComposeImagesOptions): Promise<{
  readonly images: Images;
  readonly offers: ImageOffers;
  readonly store: ImageStore;
  /** Of the sandboxes that look into images. */
  readonly hostUid: number | undefined;
}> {
  const { domain, state, sandboxHost, hasUids, authorize, audit, clock, log, closers } = options;
  const ownKernels = {
    source: join(options.programs.agent, 'kernels'),
    target: `${sandboxPaths.agentFolder}/kernels`,
    mode: 'read-only',
  } as const;
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
  const images = new Images({
    ...{ domain, store, sandboxHost, hostUid, ownKernels, audit: audit.images, log },
  });
  closers.add(() => images.close());
  return { images, store, hostUid, offers: new ImageOffers({ images, domain, authorize }) };
}

/** What the console and the operator do with images; only once studios are there. */
export function composeImageCatalog(options: {
  readonly composed: Awaited<ReturnType<typeof composeImages>>;
  readonly domainFile: DomainFile;
  readonly studios: Pick<Studios, 'review' | 'runningApps'>;
  readonly sandboxHost: Pick<SandboxHost, 'launch'>;
  readonly programs: Pick<ProgramFolders, 'agent' | 'node'>;
  readonly audit: AuditLog;
}): { readonly catalog: ImageCatalog; readonly administration: ImageAdministration } {
  const { composed, domainFile, studios, sandboxHost, programs, audit } = options;
  const { images, offers, store, hostUid } = composed;
  const domain = () => domainFile.domain;
  const catalog = new ImageCatalog({ images, offers, domain, studios });
  const folder = store.folder;
  const administration = new ImageAdministration({
    ...{ domainFile, images, catalog, store, studios, audit: audit.images },
    checkKernel: (kernel, image) =>
      checkKernel(kernel, image, { sandboxHost, hostUid, programs, folder }),
  });
  return { catalog, administration };
}

/**
 * Begins to prepare them, and takes away what no image is any more. Only after everything that an
 * earlier run had left is ended, and before anything new runs on an image.
 */
export function followImages(
  { images, store }: Pick<Awaited<ReturnType<typeof composeImages>>, 'images' | 'store'>,
  { clock, log }: { readonly clock: Clock; readonly log: StudioLog },
): void {
  const startedAt = clock();
  images.follow();
  images
    .allSettled()
    .then(() => {
      const named = () => new Set(images.list().flatMap(({ stored }) => stored?.digest ?? []));
      return store.removeAllBut(named, startedAt);
    })
    .catch((error: unknown) => log.error({ err: error }, 'Cannot remove images of before'));
}
