import {
  type Job,
  type JobDefinition,
  type RunNotebookRequest,
  StrongroomError,
} from '@strongroom/contracts';
import type { Domain } from '@strongroom/domain';
import { systemInstanceType } from '@strongroom/domain';
import type { OfferedImages } from '../compute/offered-images.ts';
import type { StorageAccess } from '../objects/storage-access.ts';
import { homeInside } from '../studios/sandbox-specs.ts';
import { outputPlace, requireHomePaths } from './output-place.ts';
import { asExecutionRole } from './store-output.ts';

export interface JobRequestOptions {
  readonly domain: () => Pick<Domain, 'instanceTypes' | 'images' | 'defaults'>;
  readonly images: Pick<OfferedImages, 'defaultKernelName'>;
  readonly storage: Pick<StorageAccess, 'requireWrite'>;
}

/**
 * What is known to go wrong is refused at once. Policies, budgets and room are decided when its kernel
 * starts, as for every kernel.
 *
 * @throws {StrongroomError} `InvalidRequest`, `ImageNotFound`, `AccessDenied`, `BucketNotFound`
 */
export async function requireUsable(
  job: Pick<Job, 'jobId' | 'createdAt' | 'profileName' | 'definition'>,
  { domain, storage }: JobRequestOptions,
): Promise<void> {
  const { definition, profileName } = job;
  requireHomePaths(definition);
  const { instanceTypes, images } = domain();
  const { instanceType, imageName } = definition;
  if (
    instanceType !== null &&
    (instanceType === systemInstanceType ||
      !instanceTypes.some((type) => type.instanceType === instanceType))
  ) {
    throw new StrongroomError(
      'InvalidRequest',
      `Cannot use the instance type "${instanceType}": the domain has none of this name`,
      { values: { field: 'instanceType' } },
    );
  }
  if (imageName !== null && !images.some((image) => image.imageName === imageName)) {
    throw new StrongroomError('ImageNotFound', `Cannot find the image "${imageName}"`);
  }
  const { object } = outputPlace(job);
  if (object !== undefined) await storage.requireWrite(asExecutionRole(profileName), object);
}

/** @throws {StrongroomError} `ImageUnavailable` where the image has no kernel (yet) */
export function toRunRequest(
  job: Job,
  { images }: Pick<JobRequestOptions, 'images'>,
): RunNotebookRequest {
  const { jobId, profileName, definition } = job;
  const { notebookPath, parameters, instanceType } = definition;
  const home = homeInside(profileName);
  return {
    ...{ jobId, parameters, instanceType, kernelName: kernelNameOf(definition, images) },
    notebookFile: `${home}/${notebookPath}`,
    outputFile: `${home}/${outputPlace(job).homePath}`,
  };
}

function kernelNameOf(
  { kernelName, imageName }: JobDefinition,
  images: JobRequestOptions['images'],
): string | null {
  if (kernelName !== null || imageName === null) return kernelName;
  const name = images.defaultKernelName(imageName);
  if (name !== undefined) return name;
  throw new StrongroomError(
    'ImageUnavailable',
    `Cannot run on the image "${imageName}": it has no kernel (yet)`,
  );
}
