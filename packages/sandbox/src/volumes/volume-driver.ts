/** Where one volume lies and whose it is. */
export interface Volume {
  /** Names its mount point: lower-case letters, digits and hyphens. */
  readonly name: string;
  /** Absolute; everything of the volume is in it. */
  readonly folder: string;
  /** Who owns the files; `undefined` where the host is rootless. */
  readonly hostUid: number | undefined;
  /** The most it may hold; `undefined`: as much as the disk does. */
  readonly quotaBytes: number | undefined;
}

/** How the files of a person are kept on the disk. */
export interface VolumeDriver {
  readonly name: 'gocryptfs' | 'plain';
  /** Whether what it keeps can be read by whoever has the disk. */
  readonly isEncrypted: boolean;
  /** As root: the file system that everything is mounted in, for sandboxes to let go of. */
  readonly mountFolder: string | undefined;
  /**
   * An empty volume in a folder that does not exist yet; on the disk when it resolves. `contents`: a
   * folder that is going to be copied into it, and fits whatever the quota is.
   *
   * @throws {VolumeError}
   */
  create(
    volume: Volume,
    secret: Buffer,
    options?: { readonly contents?: string | undefined },
  ): Promise<void>;
  /** @throws {VolumeError} `SecretRefused`, `VolumeDamaged`, `MountFailed`, `VolumeUnavailable` */
  mount(
    volume: Volume,
    secret: Buffer,
    options?: { readonly isReadOnly?: boolean },
  ): Promise<MountedVolume>;
  /** Copies a volume that is not mounted into a folder that does not exist yet; on the disk when it resolves. */
  copy(folder: string, target: string): Promise<void>;
  /** Lets go of everything that is mounted. */
  close(): Promise<void>;
}

export interface MountedVolume {
  /** Where its files are to be seen; empty once it is unmounted. */
  readonly folder: string;
  /** Settles when its files cannot be reached any more, whoever ended it. */
  readonly ended: Promise<void>;
  /** After everything that was written is on its way to the disk. Nothing may use it any more. */
  unmount(): Promise<void>;
  /** At once, whoever uses it: what was written and not yet passed on is lost. */
  cutOff(): Promise<void>;
}
