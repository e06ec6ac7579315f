import type { ServerResponse } from 'node:http';

const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';

export interface CallerIdentity {
  readonly arn: string;
  readonly userId: string;
  readonly accountId: string;
}

/** In AWS's query protocol, as the STS API Reference shows it. */
export function sendCallerIdentity(
  response: ServerResponse,
  { arn, userId, accountId }: CallerIdentity,
  requestId: string,
): void {
  send(response, 200, requestId, [
    `<GetCallerIdentityResponse xmlns="${namespace}">`,
    '  <GetCallerIdentityResult>',
    `    <Arn>${escapeText(arn)}</Arn>`,
    `    <UserId>${escapeText(userId)}</UserId>`,
    `    <Account>${escapeText(accountId)}</Account>`,
    '  </GetCallerIdentityResult>',
    '  <ResponseMetadata>',
    `    <RequestId>${requestId}</RequestId>`,
    '  </ResponseMetadata>',
    '</GetCallerIdentityResponse>',
  ]);
}

export interface StsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export function sendStsError(
  response: ServerResponse,
  { status, code, message }: StsError,
  requestId: string,
): void {
  send(response, status, requestId, [
    `<ErrorResponse xmlns="${namespace}">`,
    '  <Error>',
    '    <Type>Sender</Type>',
    `    <Code>${code}</Code>`,
    `    <Message>${escapeText(message)}</Message>`,
    '  </Error>',
    `  <RequestId>${requestId}</RequestId>`,
    '</ErrorResponse>',
  ]);
}

function send(response: ServerResponse, status: number, requestId: string, lines: string[]): void {
  response
    .writeHead(status, { 'content-type': 'text/xml', 'x-amzn-requestid': requestId })
    .end(`${lines.join('\n')}\n`);
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Control characters are not allowed in XML at all (XML 1.0, section 2.2). */
function escapeText(text: string): string {
  return text.replace(/\p{Cc}/gu, '�').replace(/[&<>]/g, (character) => entities[character] ?? '');
}
