import { z } from 'zod';
import { KeyError, type KeyErrorCode } from '../../keys/key-error.ts';

export interface VaultOptions {
  /** For example `https://vault.example.com:8200`. */
  readonly address: string;
  /** Asked for each request, so that a renewed token is used at once. Never in a log or an error. */
  readonly token: () => string | Promise<string>;
  /** Where the transit engine is mounted. Default `transit`. */
  readonly mount?: string;
  /** Of Vault Enterprise and HCP. */
  readonly namespace?: string;
  /** Default 10 seconds. */
  readonly timeoutMilliseconds?: number;
}

const answerSchema = z.object({ data: z.record(z.string(), z.unknown()).nullish() });
const errorsSchema = z.object({ errors: z.array(z.string()) });
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Vault's HTTP API (Vault, API documentation, "HTTP API"). */
export class VaultClient {
  readonly #options: VaultOptions;
  readonly #base: string;

  /** @throws {KeyError} `ValidationException` */
  constructor(options: VaultOptions) {
    this.#options = options;
    const { protocol, hostname, origin } = new URL(options.address);
    // The token and every data key go over this connection.
    if (protocol !== 'https:' && !loopbackHosts.includes(hostname)) {
      const message = `Cannot use Vault at "${origin}": only https is private, except on this machine`;
      throw new KeyError('ValidationException', message);
    }
    this.#base = `${options.address.replace(/\/+$/, '')}/v1/${options.mount ?? 'transit'}`;
  }

  /** @param path below the mount. @throws {KeyError} */
  async ask(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>> {
    const response = await this.#fetch(method, path, body);
    const text = await response.text().catch(() => '');
    if (!response.ok) throw refusalOf(response.status, text, path);
    if (text === '') return {};
    const answer = answerSchema.safeParse(parseJson(text));
    if (answer.success) return answer.data.data ?? {};
    const message = `Cannot ask Vault for "${path}": its answer is not one`;
    throw new KeyError('KeyUnavailableException', message);
  }

  async #fetch(method: string, path: string, body: unknown): Promise<Response> {
    const { token, namespace, timeoutMilliseconds = 10_000 } = this.#options;
    try {
      return await fetch(`${this.#base}/${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          'x-vault-request': 'true',
          'x-vault-token': await token(),
          ...(namespace === undefined ? {} : { 'x-vault-namespace': namespace }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        // fetch would send the token on to wherever it is redirected.
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMilliseconds),
      });
    } catch (cause) {
      const message = `Cannot ask Vault for "${path}": it does not answer`;
      throw new KeyError('KeyUnavailableException', message, { cause });
    }
  }
}

function refusalOf(status: number, text: string, path: string): KeyError {
  const parsed = errorsSchema.safeParse(parseJson(text));
  const reason = parsed.success ? parsed.data.errors.join('; ').slice(0, 500) : '';
  const message = `Cannot ask Vault for "${path}": status ${status}${reason && `, ${reason}`}`;
  return new KeyError(codeOf(status, reason, path), message);
}

function codeOf(status: number, reason: string, path: string): KeyErrorCode {
  if (status === 403) return 'AccessDeniedException';
  // A missing key is a bad request to most of transit's paths, told apart by its text alone.
  if (status === 404 || /(key|policy) not found/.test(reason)) return 'NotFoundException';
  if (status === 400 && /^(decrypt|rewrap)\//.test(path)) return 'InvalidCiphertextException';
  // 429 rate limit, 472 and 473 standby, 500 and above: sealed, not initialised or broken.
  return 'KeyUnavailableException';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
