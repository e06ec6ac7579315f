import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { S3Manager, S3ManagerOptions } from '@strongroom/s3-manager';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';

/** Of every `s3` command. */
export interface ConnectionOptions {
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly caBundle?: string;
  readonly pathStyle?: boolean;
  readonly sseKmsKeyId?: string;
}

/** What is not said comes from where the AWS SDK looks: environment, profile, container. */
export async function openManager(
  options: ConnectionOptions,
  surroundings: Surroundings,
): Promise<S3Manager> {
  // Strongroom says itself which Node.js it needs; the SDK's warning would stand in every output.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  // Only here, so that the other commands do not wait for the AWS SDK.
  const { S3Manager: Manager } = await import('@strongroom/s3-manager');
  return new Manager(await managerOptions(options, surroundings));
}

async function managerOptions(
  options: ConnectionOptions,
  { environment }: Surroundings,
): Promise<S3ManagerOptions> {
  const { AWS_REGION, AWS_DEFAULT_REGION, AWS_CA_BUNDLE, XDG_CACHE_HOME } = environment;
  // The SDK for JavaScript reads neither AWS_DEFAULT_REGION nor AWS_CA_BUNDLE; awscli and boto3 do.
  const region = options.region ?? AWS_REGION ?? AWS_DEFAULT_REGION;
  const authorities = await readAuthorities(options.caBundle ?? AWS_CA_BUNDLE);
  const endpoint = readEndpoint(options.endpointUrl);
  const named = endpoint ?? environment.AWS_ENDPOINT_URL_S3 ?? environment.AWS_ENDPOINT_URL;
  return {
    connection: {
      ...(region === undefined ? {} : { region }),
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(endpoint === undefined ? {} : { endpoint }),
      // An endpoint of one's own seldom has a name in DNS for every bucket.
      forcePathStyle: options.pathStyle ?? named !== undefined,
      ...(authorities === undefined ? {} : { requestHandler: { httpsAgent: { ca: authorities } } }),
    },
    kmsKey: options.sseKmsKeyId,
    checkpointFolder: join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'strongroom', 's3-uploads'),
  };
}

async function readAuthorities(path: string | undefined): Promise<string | undefined> {
  if (path === undefined || path === '') return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`Cannot read the certificates of "${path}"`, { cause: error });
  }
}

function readEndpoint(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const isAddress = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (isAddress) return text;
  throw new UsageError(`Cannot use the endpoint "${text}": write https://<host>`);
}
