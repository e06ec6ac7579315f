import type { S3Session } from './run-s3.ts';
import { readS3Location } from './s3-location.ts';
import { UsageError } from './usage-error.ts';

export interface PresignCommandOptions {
  readonly expiresIn: string;
  readonly put?: boolean;
}

/** Prints the URL; for an upload also the headers that must go with it, as curl takes them. */
export async function presign(
  { s3, print }: S3Session,
  address: string,
  options: PresignCommandOptions,
): Promise<number> {
  const { bucket, key } = readS3Location(address);
  if (key === '') throw new UsageError(`Cannot presign "${address}": name an object`);
  if (!/^\d+$/.test(options.expiresIn)) {
    throw new UsageError(`Cannot use "${options.expiresIn}" as seconds: write a whole number`);
  }
  const expiresInSeconds = Number(options.expiresIn);
  const request =
    options.put === true
      ? await s3.presignPut(bucket, key, { expiresInSeconds })
      : await s3.presignGet(bucket, key, { expiresInSeconds });
  print(request.url);
  for (const [name, value] of Object.entries(request.headers)) print(`${name}: ${value}`);
  return 0;
}
