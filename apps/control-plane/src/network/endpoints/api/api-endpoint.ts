import type { ServerResponse } from 'node:http';
import type { ProfileName } from '@strongroom/contracts';
import type { AuthorizeCall } from '../authorize-call.ts';
import type { AnswerStudio } from '../http-on-sockets.ts';

export interface ApiEndpointOptions {
  readonly authorizeCall: AuthorizeCall;
  readonly userProfileArn: (profileName: ProfileName) => string;
  /** What a studio may read about itself, by path. */
  readonly answers: Readonly<Record<string, (profileName: ProfileName) => Promise<unknown>>>;
}

/** The domain's own endpoint: what programs in a studio may ask about it. The connection is the identity. */
export function apiEndpoint({
  authorizeCall,
  userProfileArn,
  answers,
}: ApiEndpointOptions): AnswerStudio {
  return async (request, response, { profileName }) => {
    const answer = request.method === 'GET' ? answers[request.url ?? ''] : undefined;
    if (answer === undefined) {
      return send(response, 404, { code: 'NotFound', message: 'There is nothing at this address' });
    }
    const decision = await authorizeCall({
      ...{ profileName, endpoint: 'api', action: 'strongroom:DescribeStudio' },
      resource: userProfileArn(profileName),
    });
    if (decision.allowed) return send(response, 200, await answer(profileName));
    const { english: message, korean } = decision.sentence;
    return send(response, 403, { code: 'AccessDenied', message, korean, rule: decision.rule });
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    ...{ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}
