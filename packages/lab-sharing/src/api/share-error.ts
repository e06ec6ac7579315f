import { isText, property } from './read-json.ts';

/** A refusal or failure of the gateway, or `Unreachable` where there was no answer. */
export class ShareError extends Error {
  override readonly name = 'ShareError';
  readonly code: string;
  readonly reference: string;
  readonly #values: unknown;

  constructor(code: string, body: unknown = undefined) {
    const error = property(body, 'error');
    super(text(property(error, 'message')));
    this.code = code;
    this.reference = text(property(error, 'reference'));
    this.#values = property(error, 'values');
  }

  /** Of an answer that is not a success. */
  static of(body: unknown): ShareError {
    const code = property(property(body, 'error'), 'code');
    return new ShareError(isText(code) ? code : 'Unreachable', body);
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
