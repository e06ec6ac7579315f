import { property } from './parse-answers.ts';

/** A refusal or failure of the gateway, or `Unreachable` where there was no answer. */
export class BucketError extends Error {
  override readonly name = 'BucketError';
  readonly code: string;
  /** Which rule of which policy refused it. */
  readonly rule: string;
  readonly action: string;
  readonly koreanSentence: string;
  readonly reference: string;

  constructor(code: string, body: unknown = undefined) {
    const error = property(body, 'error');
    super(text(property(error, 'message')));
    const values = property(error, 'values');
    this.code = code;
    this.rule = text(property(values, 'rule'));
    this.action = text(property(values, 'action'));
    this.koreanSentence = text(property(values, 'koreanSentence'));
    this.reference = text(property(error, 'reference'));
  }

  /** Of an answer that is not a success. */
  static of(body: unknown): BucketError {
    const code = property(property(body, 'error'), 'code');
    return new BucketError(typeof code === 'string' ? code : 'Unreachable', body);
  }
}

export function isCancelled(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
