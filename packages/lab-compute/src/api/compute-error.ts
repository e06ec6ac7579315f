import { isText, property } from './read-json.ts';

/** A refusal or failure of the platform, or `Unreachable` where there was no answer. */
export class ComputeError extends Error {
  override readonly name = 'ComputeError';
  readonly code: string;
  readonly status: number;
  readonly remedy: string;
  readonly reference: string;
  readonly #values: unknown;

  constructor(code: string, details: { status?: number; error?: unknown } = {}) {
    const { status = 0, error } = details;
    super(text(property(error, 'message')));
    this.code = code;
    this.status = status;
    this.remedy = text(property(error, 'remedy'));
    this.reference = text(property(error, 'reference'));
    this.#values = property(error, 'values');
  }

  /** Of an answer of the control plane that is not a success. */
  static ofPlatform(status: number, body: unknown): ComputeError {
    const error = property(body, 'error');
    const code = property(error, 'code');
    return new ComputeError(isText(code) ? code : 'Unreachable', { status, error });
  }

  /** Of the agent, which hands on the control plane's code where the refusal was its. */
  static ofAgent(status: number, body: unknown): ComputeError {
    const code = property(body, 'code') ?? property(body, 'reason');
    // The gateway may have answered in the agent's place.
    if (property(body, 'error') !== undefined) return ComputeError.ofPlatform(status, body);
    return new ComputeError(isText(code) ? code : 'Unreachable', { status, error: body });
  }

  /** What a sentence is filled with. */
  value(name: string): string {
    const value = property(this.#values, name);
    return typeof value === 'number' ? String(value) : text(value);
  }
}

function text(value: unknown): string {
  return isText(value) ? value : '';
}
