/** What the gateway says when it answers in the studio's place. */
export interface GatewayFailure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly reference: string;
}

/**
 * Reads a refusal or failure of the gateway (contracts, `errorBodySchema`). The agent's errors have
 * Jupyter's shape (`{ message, reason }`) and give null: those are answers, not a lost connection.
 */
export function parseGatewayFailure(body: unknown): GatewayFailure | null {
  const error = property(body, 'error');
  const code = property(error, 'code');
  if (typeof code !== 'string') return null;
  return {
    code,
    message: text(property(error, 'message')),
    remedy: text(property(error, 'remedy')),
    reference: text(property(error, 'reference')),
  };
}

function property(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
