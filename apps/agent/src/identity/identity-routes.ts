import { AgentError } from '../http/agent-error.ts';
import { sendJson } from '../http/json.ts';
import type { Router } from '../http/router.ts';

export interface Identity {
  readonly profileName: string;
  readonly displayName: string;
}

/**
 * `GET /api/me` (Jupyter server's identity API). Whose studio this is was told when the agent was
 * started; nothing in a request can change it.
 */
export function registerIdentity(router: Router, identity: Identity): void {
  router.on('GET', '/api/me', async (exchange) => {
    await sendJson(exchange, 200, {
      identity: {
        username: identity.profileName,
        name: identity.displayName,
        display_name: identity.displayName,
        initials: initialsOf(identity.displayName),
        avatar_url: null,
        color: null,
      },
      permissions: {
        ...grantedPermissions(exchange.url.searchParams.get('permissions')),
        updatable_fields: [],
      },
    });
  });
}

/** The owner may do everything the API offers here; refusals are the gateway's. */
function grantedPermissions(asked: string | null): Record<string, string[]> {
  if (asked === null || asked === '') return {};
  const granted: Record<string, string[]> = {};
  for (const [resource, actions] of Object.entries(parseObject(asked))) {
    if (!Array.isArray(actions) || !actions.every((action) => typeof action === 'string')) {
      throw badPermissions();
    }
    granted[resource] = actions;
  }
  return granted;
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    throw badPermissions(cause);
  }
  throw badPermissions();
}

function badPermissions(cause?: unknown): AgentError {
  return new AgentError(
    'InvalidRequest',
    '"permissions" must be a JSON object of lists: {"resource": ["action"]}',
    { cause },
  );
}

function initialsOf(displayName: string): string {
  const words = displayName.split(/\s+/).filter((word) => word !== '');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
