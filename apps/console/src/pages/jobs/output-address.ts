/** The page of the console where an output notebook lies: `location` as a job tells it. */
export function outputAddress(location: string, profileName: string): string {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(location) ?? [];
  const folder = folderOf(bucket === undefined ? location : key);
  if (bucket === undefined) {
    return `/profiles/${profileName}?${new URLSearchParams({ tab: 'files', path: folder })}`;
  }
  if (folder === '') return `/buckets/${bucket}`;
  return `/buckets/${bucket}?${new URLSearchParams({ prefix: `${folder}/` })}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
