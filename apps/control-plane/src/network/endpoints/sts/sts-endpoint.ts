import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ProfileName } from '@strongroom/contracts';
import type { Clock } from '../../../clock.ts';
import type { DomainArns } from '../../../policies/domain-arns.ts';
import { executionSessionName } from '../../../policies/domain-arns.ts';
import { type Credentials, CredentialsError } from '../../credentials/credentials.ts';
import {
  readSignatureClaim,
  SignatureError,
  type SignedRequest,
  verifySignature,
} from '../../signatures/verify-signature.ts';
import type { StudioOnNetwork } from '../../studio-connection.ts';
import type { AuthorizeCall } from '../authorize-call.ts';
import type { AnswerStudio } from '../http-on-sockets.ts';
import { BodyTooLargeError, readBody } from '../read-body.ts';

export interface StsEndpointOptions {
  readonly credentials: Credentials;
  readonly authorizeCall: AuthorizeCall;
  readonly arns: () => DomainArns;
  readonly accountId: string;
  readonly clock: Clock;
}

const maximumBodyBytes = 64 * 1024;
const version = '2011-06-15';
const namespace = `https://sts.amazonaws.com/doc/${version}/`;

interface StsFailure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** AWS Security Token Service, as far as a studio needs it (AWS STS API Reference). */
export function stsEndpoint(options: StsEndpointOptions): AnswerStudio {
  return async (request, response, studio) => {
    try {
      const body = await readBody(request, maximumBodyBytes);
      const { method = '', url: target = '/', headers } = request;
      const answer = await answerSts(options, { method, target, headers, body }, studio);
      send(response, 200, answer);
    } catch (error) {
      const { status, code, message } = explain(error);
      send(response, status, failureXml(code, message));
    }
  };
}

async function answerSts(
  options: StsEndpointOptions,
  request: SignedRequest,
  studio: StudioOnNetwork,
): Promise<string> {
  const profileName = authenticate(options, request, studio);
  const parameters = parametersOf(request);
  const action = parameters.get('Action') ?? '';
  if (!/^[A-Za-z]{1,64}$/.test(action) || parameters.get('Version') !== version) {
    throw failure(
      400,
      'InvalidAction',
      `Could not find operation ${action.slice(0, 64)} for version ${version}`,
    );
  }
  const decision = await options.authorizeCall({
    ...{ profileName, endpoint: 'sts', action: `sts:${action}`, resource: '*' },
  });
  if (!decision.allowed) throw failure(403, 'AccessDenied', decision.sentence.english);
  if (action !== 'GetCallerIdentity') {
    throw failure(
      400,
      'InvalidAction',
      `Could not find operation ${action} for version ${version}`,
    );
  }
  return callerIdentityXml(options, profileName);
}

/** @throws {SignatureError | CredentialsError} */
function authenticate(
  { credentials, clock }: StsEndpointOptions,
  request: SignedRequest,
  studio: StudioOnNetwork,
): ProfileName {
  const claim = readSignatureClaim(request);
  const verified = credentials.verify(claim.accessKeyId, claim.sessionToken, studio);
  verifySignature(request, claim, { secretAccessKey: verified.secretAccessKey, now: clock() });
  if (claim.service !== 'sts') {
    throw new SignatureError(
      'SignatureDoesNotMatch',
      'Credential should be scoped to correct service: sts',
    );
  }
  return verified.profileName;
}

function parametersOf({ method, target, body }: SignedRequest): URLSearchParams {
  if (method === 'POST') return new URLSearchParams(body.toString('utf8'));
  return new URLSearchParams(target.slice(target.indexOf('?') + 1));
}

function callerIdentityXml(
  { arns, accountId }: StsEndpointOptions,
  profileName: ProfileName,
): string {
  const arn = arns().executionRoleSession(profileName);
  return `<GetCallerIdentityResponse xmlns="${namespace}">
  <GetCallerIdentityResult>
    <Arn>${arn}</Arn>
    <UserId>${roleId(arn)}:${executionSessionName}</UserId>
    <Account>${accountId}</Account>
  </GetCallerIdentityResult>
  <ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>
</GetCallerIdentityResponse>
`;
}

/** The same for one role always; formed as IAM's unique ids are. */
function roleId(arn: string): string {
  return `AROA${createHash('sha256').update(arn).digest('hex').slice(0, 17).toUpperCase()}`;
}

class StsError extends Error {
  readonly failure: StsFailure;

  constructor(failed: StsFailure) {
    super(failed.message);
    this.failure = failed;
  }
}

function failure(status: number, code: string, message: string): StsError {
  return new StsError({ status, code, message });
}

function explain(error: unknown): StsFailure {
  if (error instanceof StsError) return error.failure;
  if (error instanceof SignatureError || error instanceof CredentialsError) {
    const status = error.code === 'IncompleteSignature' ? 400 : 403;
    return { status, code: error.code, message: error.message };
  }
  if (error instanceof BodyTooLargeError) {
    return { status: 413, code: 'RequestEntityTooLarge', message: error.message };
  }
  if (error instanceof URIError) {
    return {
      status: 400,
      code: 'MalformedQueryString',
      message: 'The query string cannot be read',
    };
  }
  return { status: 500, code: 'InternalFailure', message: 'The request failed inside Strongroom' };
}

function failureXml(code: string, message: string): string {
  return `<ErrorResponse xmlns="${namespace}">
  <Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>
  <RequestId>${randomUUID()}</RequestId>
</ErrorResponse>
`;
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function send(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(xml),
  });
  response.end(xml);
}
