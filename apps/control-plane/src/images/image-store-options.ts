import type { ImageTools } from './image-tools.ts';

export interface ImageStoreOptions {
  /** `<dataFolder>/images` */
  readonly folder: string;
  readonly clock: () => Date;
  /** Nothing is unpacked that would leave less. */
  readonly freeSpaceFloorBytes: number;
  /** Bytes that are free on the disk of that folder. */
  freeBytes(): Promise<number>;
  readonly tools?: ImageTools;
}

/** What the domain file says of an OCI image. */
export interface WantedImage {
  readonly reference: string;
  readonly digest: string | undefined;
}

/** What a person waits for. */
export type ImageStage = 'copying' | 'unpacking' | 'checking';

export interface UnpackOptions {
  onStage(stage: ImageStage): void;
  readonly signal?: AbortSignal | undefined;
  /** Whether a registry is asked again for what is there already. */
  readonly isFresh?: boolean;
}
