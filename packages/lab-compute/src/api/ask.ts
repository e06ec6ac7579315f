import { ComputeError } from './compute-error.ts';

const root = '/strongroom/api';

interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: object;
}

interface Answer {
  readonly value: unknown;
  /** The platform's clock when it answered: this computer's may be wrong. */
  readonly at: Date;
}

/** Asks the platform on this origin. Every failure is a `ComputeError`. */
export async function ask(path: string, { method = 'GET', body }: Question = {}): Promise<Answer> {
  const request: RequestInit = { method, credentials: 'same-origin' };
  if (body !== undefined) {
    request.body = JSON.stringify(body);
    request.headers = { 'content-type': 'application/json' };
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${root}/${path}`, request);
    text = await response.text();
  } catch {
    throw new ComputeError('Unreachable');
  }
  const value = asJson(text);
  if (!response.ok) throw ComputeError.ofPlatform(response.status, value);
  return { value, at: clockOf(response) };
}

/** What is answered, as `parse` reads it; null from it is no answer. */
export function read<Value>(
  parse: (value: unknown) => Value | null,
  { value }: Pick<Answer, 'value'>,
): Value {
  const parsed = parse(value);
  if (parsed === null) throw new ComputeError('Unreachable');
  return parsed;
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function clockOf(response: Response): Date {
  const said = Date.parse(response.headers.get('date') ?? '');
  return Number.isNaN(said) ? new Date() : new Date(said);
}
