import { randomBytes } from 'node:crypto';
import type { AppId } from '@strongroom/contracts';

/** SageMaker's name for the one JupyterServer app of a user profile. */
export const serverAppName = 'default';

export function newAppId(): AppId {
  return randomBytes(16).toString('hex') as AppId;
}

/**
 * As SageMaker Studio names a KernelGateway app: image, instance type and something unique, in the
 * characters that CreateApp allows (letters, digits and hyphens, at most 63).
 */
export function kernelAppName(imageName: string, instanceType: string, appId: string): string {
  const words = `${imageName}-${instanceType}`.replace(/[^A-Za-z0-9]+/g, '-').slice(0, 50);
  return `${words.replace(/^-+|-+$/g, '')}-${appId.slice(0, 8)}`;
}
