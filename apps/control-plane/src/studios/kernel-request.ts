import { posix } from 'node:path';
import { type ProfileName, type StartKernelRequest, StrongroomError } from '@strongroom/contracts';
import { systemInstanceType } from '@strongroom/domain';
import type { ImageGround } from '../images/image-ground.ts';
import { AgentRequestError } from './agent-channel.ts';
import type { InstanceTypeSettings, StudioDomain } from './domain-settings.ts';
import { homeInside } from './sandbox-specs.ts';

/** What studios take from the domain's images. */
export interface StudioImages {
  /** @throws {StrongroomError} `ImageNotFound`, `ImageUnavailable` */
  groundOf(imageName: string): ImageGround;
}

/**
 * Decides on a kernel that an agent asks for; answers the size and the image it gets. The agent's word
 * counts for nothing but what happens inside the sandbox.
 *
 * @throws {AgentRequestError} `AccessDenied`, `ImageUnavailable`, `InvalidRequest`
 */
export function decideKernelRequest(
  request: StartKernelRequest,
  profileName: ProfileName,
  { domain, images }: { readonly domain: StudioDomain; readonly images: StudioImages },
): { readonly size: InstanceTypeSettings; readonly image: ImageGround } {
  const size = domain.instanceTypes.find((type) => type.instanceType === request.instanceType);
  if (size === undefined || size.instanceType === systemInstanceType) {
    throw new AgentRequestError(
      'AccessDenied',
      `The instance type "${request.instanceType}" is not one of this domain's. Choose another`,
    );
  }
  refuseUnless(isInsideHome(request.workingDirectory, homeInside(profileName)), 'folder');
  refuseUnless(!request.argv.some(hasNul), 'command');
  refuseUnless(
    Object.entries(request.environment).every(
      ([name, value]) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !hasNul(value),
    ),
    'environment',
  );
  return { size, image: groundOf(request.imageName, images) };
}

function groundOf(imageName: string, images: StudioImages): ImageGround {
  try {
    return images.groundOf(imageName);
  } catch (error) {
    if (!(error instanceof StrongroomError)) throw error;
    if (error.code === 'ImageNotFound') {
      throw new AgentRequestError(
        'AccessDenied',
        `The image "${imageName}" is not one of this domain's. Choose another kernel`,
      );
    }
    throw new AgentRequestError(error.code, error.message, { cause: error });
  }
}

function isInsideHome(path: string, home: string): boolean {
  if (hasNul(path) || posix.normalize(path) !== path) return false;
  return path === home || path.startsWith(`${home}/`);
}

function hasNul(text: string): boolean {
  return text.includes('\0');
}

function refuseUnless(condition: boolean, what: string): void {
  if (condition) return;
  throw new AgentRequestError(
    'InvalidRequest',
    `Cannot start a kernel: its ${what} is not allowed`,
  );
}
