/** Amazon S3 User Guide, "Virtual hosting of general purpose buckets". */
export function s3HostNames(region: string): { service: string[]; endpoint: string[] } {
  const service = [`s3.${region}.amazonaws.com`, 's3.amazonaws.com'];
  return { service, endpoint: service.flatMap((name) => [name, `*.${name}`]) };
}
