import {
  type OutsideCredentials,
  outsideCredentialsRequestSchema,
  outsideCredentialsSchema,
} from '@strongroom/contracts';
import { askOperator } from '../operator/ask-operator.ts';
import type { Terminal } from '../program.ts';

export interface CredentialsOptions {
  readonly dataFolder: string;
  readonly as: string;
  readonly hours: string;
  readonly json?: boolean;
}

/** For `eval "$(strongroom credentials --as alice)"`. */
export async function printCredentials(
  terminal: Terminal,
  { dataFolder, as: profileName, hours, json }: CredentialsOptions,
): Promise<void> {
  const lifetimeHours = Number(hours);
  const body = outsideCredentialsRequestSchema.safeParse({ profileName, lifetimeHours });
  if (!body.success) {
    const isName = body.error.issues.some(({ path }) => path[0] === 'profileName');
    throw new Error(
      isName
        ? `Cannot find the profile "${profileName}"`
        : `Cannot make credentials for "${hours}" hours: 0.25 to 12 are allowed`,
    );
  }
  const question = { method: 'POST', path: '/credentials', body: body.data } as const;
  const made = await askOperator(dataFolder, question, outsideCredentialsSchema);
  if (json === true) {
    terminal.print(JSON.stringify(made, null, 2));
    return;
  }
  for (const [name, value] of Object.entries(variablesOf(made))) {
    terminal.print(`export ${name}=${quote(value)}`);
  }
}

/** What boto3, awscli and the other AWS SDKs read. */
function variablesOf(made: OutsideCredentials): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: made.accessKeyId,
    AWS_SECRET_ACCESS_KEY: made.secretAccessKey,
    AWS_SESSION_TOKEN: made.sessionToken,
    AWS_ENDPOINT_URL: made.endpointUrl,
    AWS_CA_BUNDLE: made.trustBundlePath,
    AWS_REGION: made.region,
    AWS_DEFAULT_REGION: made.region,
  };
}

/** POSIX shell, section 2.2.2: nothing in single quotes means anything but a single quote. */
function quote(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
