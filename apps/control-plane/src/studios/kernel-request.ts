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

/** Why a request is denied before any policy is asked; stands in the audit trail as its rule. */
export type KernelDenialRule =
  | 'unknown-instance-type'
  | 'unknown-image'
  | 'folder-outside-home'
  | 'malformed-kernel-request';

class KernelDenied extends AgentRequestError {
  readonly rule: KernelDenialRule;

  constructor(code: 'AccessDenied' | 'InvalidRequest', rule: KernelDenialRule, message: string) {
    super(code, message);
    this.rule = rule;
  }
}

interface KernelGrounds {
  readonly domain: StudioDomain;
  readonly images: StudioImages;
}

/**
 * As `decideKernelRequest`. Lab offers nothing that is denied here, so somebody made the request by
 * hand: it is recorded before it is answered.
 *
 * @throws {AgentRequestError} those of `decideKernelRequest`, `AuditUnavailable`
 */
export async function requireKernelRequest(
  request: StartKernelRequest,
  profileName: ProfileName,
  grounds: KernelGrounds & { readonly recordDenial: (rule: KernelDenialRule) => Promise<void> },
): Promise<DecidedKernel> {
  try {
    return decideKernelRequest(request, profileName, grounds);
  } catch (error) {
    if (error instanceof KernelDenied) await grounds.recordDenial(error.rule).catch(tellAgent);
    throw error;
  }
}

/** @throws {AgentRequestError} what a person may be told of the error; the error itself otherwise */
export function tellAgent(error: unknown): never {
  if (error instanceof StrongroomError) throw new AgentRequestError(error.code, error.message);
  throw error;
}

export interface DecidedKernel {
  readonly size: InstanceTypeSettings;
  readonly image: ImageGround;
}

/**
 * Decides on a kernel that an agent asks for; answers the size and the image it gets. The agent's word
 * counts for nothing but what happens inside the sandbox.
 *
 * @throws {AgentRequestError} `AccessDenied`, `ImageUnavailable`, `InvalidRequest`
 */
function decideKernelRequest(
  request: StartKernelRequest,
  profileName: ProfileName,
  { domain, images }: KernelGrounds,
): DecidedKernel {
  const size = domain.instanceTypes.find((type) => type.instanceType === request.instanceType);
  if (size === undefined || size.instanceType === systemInstanceType) {
    throw new KernelDenied(
      'AccessDenied',
      'unknown-instance-type',
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
      throw new KernelDenied(
        'AccessDenied',
        'unknown-image',
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

function refuseUnless(condition: boolean, what: 'command' | 'environment' | 'folder'): void {
  if (condition) return;
  const rule = what === 'folder' ? 'folder-outside-home' : 'malformed-kernel-request';
  throw new KernelDenied(
    'InvalidRequest',
    rule,
    `Cannot start a kernel: its ${what} is not allowed`,
  );
}
