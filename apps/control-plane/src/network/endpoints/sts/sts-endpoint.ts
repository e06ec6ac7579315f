import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type DomainArns, executionSessionName } from '@strongroom/domain';
import type { Clock } from '../../../clock.ts';
import { networkAddresses } from '../../addresses.ts';
import type { TemporaryCredentials } from '../../credentials/temporary-credentials.ts';
import { toSignableRequest } from '../../signatures/signable-request.ts';
import { SignatureError } from '../../signatures/signature-error.ts';
import { verifySignature } from '../../signatures/verify-signature.ts';
import type { StudioOnNetwork } from '../../studio-connection.ts';
import type { AuthorizeCall } from '../authorize-call.ts';
import type { Endpoint } from '../endpoint.ts';
import { readBody } from '../read-body.ts';
import { otherStsActions } from './sts-actions.ts';
import { sendCallerIdentity, sendStsError } from './sts-answers.ts';

export interface StsEndpointOptions {
  readonly region: string;
  readonly accountId: string;
  readonly arns: Pick<DomainArns, 'executionRoleSession'>;
  readonly authorizeCall: AuthorizeCall;
  readonly credentials: Pick<TemporaryCredentials, 'find'>;
  readonly clock: Clock;
}

const globalHostName = 'sts.amazonaws.com';
/** What the global endpoint's requests are signed for (IAM User Guide, "AWS STS Regions and endpoints"). */
const globalRegion = 'us-east-1';
const version = '2011-06-15';
const maximumBodyBytes = 64 * 1024;

/** AWS STS as far as a studio needs it: who its notebooks are. */
export function stsEndpoint(options: StsEndpointOptions): Endpoint {
  return {
    service: 'sts',
    address: networkAddresses.endpoints.sts,
    hostNames: [globalHostName, `sts.${options.region}.amazonaws.com`],
    async handle(request, response, studio) {
      const requestId = randomUUID();
      try {
        await answer(options, { request, response, studio, requestId });
      } catch (error) {
        if (!(error instanceof SignatureError || error instanceof StsRefusal)) throw error;
        sendStsError(response, error, requestId);
      }
    },
  };
}

class StsRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

interface StsRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly studio: StudioOnNetwork;
  readonly requestId: string;
}

async function answer(options: StsEndpointOptions, asked: StsRequest): Promise<void> {
  const { request, response, studio, requestId } = asked;
  const body = await readBody(request, maximumBodyBytes);
  if (body === undefined) {
    response.setHeader('connection', 'close');
    throw new StsRefusal(413, 'RequestEntityTooLarge', 'The request body is too large');
  }
  const { credentials, clock } = options;
  const signable = toSignableRequest(request);
  const isGlobal = signable.headers.get('host')?.[0]?.toLowerCase().startsWith(globalHostName);
  await verifySignature(
    {
      ...{ request: signable, service: 'sts', studio },
      payloadHash: createHash('sha256').update(body).digest('hex'),
      regions: isGlobal ? [globalRegion, options.region] : [options.region],
    },
    { credentials, clock },
  );
  checkAction(parametersOf(signable, body));
  const { profileName } = studio;
  const action = 'sts:GetCallerIdentity';
  const call = { profileName, endpoint: 'sts', action, resource: '*' } as const;
  const { allowed, sentence } = await options.authorizeCall(call);
  if (!allowed) throw accessDenied(`${sentence.english} ${sentence.korean}`);
  const arn = options.arns.executionRoleSession(profileName);
  sendCallerIdentity(
    response,
    { arn, userId: userIdOf(arn), accountId: options.accountId },
    requestId,
  );
}

/** The query protocol: a form in the body of a POST, or in the query of a GET. */
function parametersOf(
  { method, path, query }: ReturnType<typeof toSignableRequest>,
  body: Buffer,
): URLSearchParams {
  if (path === '/' && method === 'POST') return new URLSearchParams(body.toString('utf8'));
  if (path === '/' && method === 'GET')
    return new URLSearchParams(query.map(([name, value]): [string, string] => [name, value]));
  throw new StsRefusal(404, 'UnknownOperationException', 'Requests are GET or POST of /');
}

function checkAction(parameters: URLSearchParams): void {
  const [action = '', ...more] = parameters.getAll('Action');
  const given = parameters.get('Version') ?? version;
  const shown = action.slice(0, 128);
  if (more.length === 0 && given === version) {
    if (action === 'GetCallerIdentity') return;
    if (otherStsActions.has(action)) {
      throw accessDenied(
        `Not authorized to perform: sts:${action}. This domain offers sts:GetCallerIdentity alone. 이 도메인은 sts:GetCallerIdentity만 제공합니다.`,
      );
    }
  }
  const message = `Could not find operation ${shown} for version ${given.slice(0, 32)}`;
  throw new StsRefusal(400, 'InvalidAction', message);
}

function accessDenied(message: string): StsRefusal {
  return new StsRefusal(403, 'AccessDenied', message);
}

/** `AROA`, 17 characters that are the role's for good, and the session (IAM User Guide, "IAM identifiers"). */
function userIdOf(roleSessionArn: string): string {
  const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const digest = createHash('sha256').update(roleSessionArn).digest().subarray(0, 17);
  const unique = Array.from(digest, (byte) => base32[byte & 31]).join('');
  return `AROA${unique}:${executionSessionName}`;
}
