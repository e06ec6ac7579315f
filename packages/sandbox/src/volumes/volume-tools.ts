/** Absolute paths of the programs that keep homes; each may be missing. */
export type VolumeTools = Readonly<Record<VolumeTool, string | undefined>>;

export type VolumeTool =
  | 'chown'
  | 'cp'
  | 'du'
  | 'e2fsck'
  | 'fusermount3'
  | 'gocryptfs'
  | 'mkfs.ext4'
  | 'sync'
  | 'umount';

/** Debian's package for each program. */
export const volumeToolPackages: Readonly<Record<VolumeTool, string>> = {
  chown: 'coreutils',
  cp: 'coreutils',
  du: 'coreutils',
  e2fsck: 'e2fsprogs',
  fusermount3: 'fuse3',
  gocryptfs: 'gocryptfs',
  'mkfs.ext4': 'e2fsprogs',
  sync: 'coreutils',
  umount: 'mount',
};
