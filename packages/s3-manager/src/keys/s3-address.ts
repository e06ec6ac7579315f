/** How a place in S3 is written in messages. */
export function s3Address(bucket: string, key = ''): string {
  return `"s3://${bucket}/${key}"`;
}
