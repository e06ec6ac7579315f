import type { AwsClients } from './aws-clients.ts';
import type { Deployment } from './deployment.ts';

/** `unknown`: it could not be told, and `detail` says why. It is never a `pass`. */
export type ProbeState = 'pass' | 'fail' | 'unknown';

export interface ProbeResult {
  readonly probe: string;
  /** What was looked at, for example a bucket; `undefined`: the deployment as such. */
  readonly subject: string | undefined;
  readonly state: ProbeState;
  readonly detail: string;
}

export type Finding = Omit<ProbeResult, 'probe'>;

export interface ProbeContext {
  readonly clients: AwsClients;
  readonly deployment: Deployment;
}

/** One question to the account. What it throws is `unknown`. */
export interface Probe {
  readonly name: string;
  /** What holds where it passes. */
  readonly question: string;
  look(context: ProbeContext): Promise<readonly Finding[]>;
}

export const passed = (detail: string, subject?: string): Finding => ({
  ...{ state: 'pass', detail, subject },
});
export const failed = (detail: string, subject?: string): Finding => ({
  ...{ state: 'fail', detail, subject },
});
export const unknown = (detail: string, subject?: string): Finding => ({
  ...{ state: 'unknown', detail, subject },
});

/** For each of these; what cannot be told of one is not told of the others. */
export async function each<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  look: (item: Item) => Promise<Finding>,
): Promise<Finding[]> {
  if (items.length === 0) return [unknown('The deployed stacks have none')];
  const findings: Finding[] = [];
  for (const item of items) {
    const subject = nameOf(item);
    findings.push(
      await look(item).then(
        (finding) => ({ ...finding, subject }),
        (error: unknown) => unknown(explainUnknown(error), subject),
      ),
    );
  }
  return findings;
}

/** Words of these may speak of what was signed with which key. */
const aboutCredentials =
  /^(?:InvalidSignatureException|SignatureDoesNotMatch|InvalidClientTokenId|UnrecognizedClientException|ExpiredToken\w*|CredentialsProviderError)$/;
const maximumCharacters = 300;

/** AWS's literal code, and its words where they can hold no credential. */
export function explainUnknown(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: unknown; message?: string };
  const literal = typeof code === 'string' && /^E[A-Z_]+$/.test(code) ? code : (name ?? 'Error');
  if (aboutCredentials.test(literal)) return `${literal}: renew the credentials and check again`;
  return `${literal}: ${withoutTokens(message ?? '').slice(0, maximumCharacters)}`;
}

/** Access keys, session tokens and presigned addresses, wherever they come from. */
function withoutTokens(text: string): string {
  return text
    .replace(/\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b/g, '…')
    .replace(/https:\/\/\S*(?:token|X-Amz-)\S*/g, '…')
    .replace(/\b[A-Za-z0-9+/]{100,}={0,2}/g, '…');
}
