/** The presigned URL with the file that Lab is to open; the studio's own origin judges the path. */
export function studioAddress(presignedUrl: string, openPath: string | null): string {
  if (openPath === null || openPath === '') return presignedUrl;
  const address = new URL(presignedUrl);
  address.searchParams.set('open', openPath);
  return address.href;
}
