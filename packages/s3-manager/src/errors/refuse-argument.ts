import { S3ManagerError } from './s3-manager-error.ts';

/**
 * An empty bucket or key would make the address of something larger: deleting the object "" of a
 * bucket asks to delete the bucket.
 */
export function requireNames(action: string, names: Readonly<Record<string, string>>): void {
  for (const [kind, value] of Object.entries(names)) {
    if (value !== '') continue;
    throw new S3ManagerError('InvalidArgument', `Cannot ${action}: the ${kind} is empty`);
  }
}

/** Throws `InvalidArgument` unless the number is whole and within both bounds. */
export function requireWholeNumber(
  name: string,
  value: number,
  bounds: { readonly least: number; readonly most: number },
): void {
  if (Number.isSafeInteger(value) && value >= bounds.least && value <= bounds.most) return;
  const state = `not a whole number from ${bounds.least} to ${bounds.most}`;
  throw new S3ManagerError('InvalidArgument', `Cannot use ${name} "${value}": ${state}`);
}
