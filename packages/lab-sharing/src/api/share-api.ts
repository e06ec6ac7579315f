import type {
  ShareCheck,
  ShareCheckRequest,
  ShareChoices,
  ShareListName,
  ShareRequest,
  ShareSummary,
  ShareVersionRequest,
} from '@strongroom/contracts';
import { parseCheck, parseChoices, parseShare, parseShareList } from './parse-answers.ts';
import { ShareError } from './share-error.ts';

const root = '/strongroom/api';

/** Sharing, as the gateway answers on this origin. Every failure is a `ShareError`. */
export class ShareApi {
  async choices(): Promise<ShareChoices> {
    return read(parseChoices, await ask('share-choices'));
  }

  /** Looks through the notebook; nothing is shared. */
  async check(request: ShareCheckRequest, signal: AbortSignal): Promise<ShareCheck> {
    return read(parseCheck, await ask('share-checks', request, signal));
  }

  async create(request: ShareRequest): Promise<ShareSummary> {
    return read(parseShare, await ask('shares', request));
  }

  async addVersion(shareId: string, request: ShareVersionRequest): Promise<ShareSummary> {
    return read(parseShare, await ask(`shares/${shareId}/versions`, request));
  }

  /** Newest first. */
  async list(name: Exclude<ShareListName, 'all'>): Promise<readonly ShareSummary[]> {
    return read(parseShareList, await ask(`shares?list=${name}`)).shares;
  }

  async revoke(shareId: string): Promise<ShareSummary> {
    return read(parseShare, await ask(`shares/${shareId}/revoke`, null));
  }

  async extend(shareId: string, expiresAt: string): Promise<ShareSummary> {
    return read(parseShare, await ask(`shares/${shareId}/extend`, { expiresAt }));
  }
}

function read<Answer>(parse: (value: unknown) => Answer | null, value: unknown): Answer {
  const answer = parse(value);
  if (answer === null) throw new ShareError('Unreachable');
  return answer;
}

/** Asks by GET where there is no body at all; null is a POST without one. */
async function ask(path: string, body?: object | null, signal?: AbortSignal): Promise<unknown> {
  const request: RequestInit = { credentials: 'same-origin' };
  if (body !== undefined) request.method = 'POST';
  if (body !== undefined && body !== null) {
    request.body = JSON.stringify(body);
    request.headers = { 'content-type': 'application/json' };
  }
  if (signal !== undefined) request.signal = signal;
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${root}/${path}`, request);
    text = await response.text();
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ShareError('Unreachable');
  }
  const answer = asJson(text);
  if (response.ok) return answer;
  throw ShareError.of(answer);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
