import type { KernelId } from '@strongroom/contracts';

/** Brands an id that this agent made: without the schema, whose library would cost each studio 8 MB. */
export function kernelIdOf(uuid: `${string}-${string}-${string}-${string}-${string}`): KernelId {
  return uuid as string as KernelId;
}
