import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `AssumeRole` as it was asked: the parameters of the query protocol. */
type FakeAssumeRole = Readonly<Record<string, string>>;

/**
 * A FAKE of AWS STS: it gives whoever asks a session of the access key `session-of-<RoleSessionName>`, and
 * knows no trust policy.
 */
export async function startFakeSts() {
  const asked: FakeAssumeRole[] = [];
  const refusal: { code: string | undefined } = { code: undefined };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    asked.push(call);
    const { code } = refusal;
    response.writeHead(code === undefined ? 200 : 403, { 'content-type': 'text/xml' });
    response.end(code === undefined ? session(call.RoleSessionName ?? '') : refuse(code));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ asked, refusal, endpoint: `http://127.0.0.1:${port}` },
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function session(name: string): string {
  const expiration = new Date(Date.now() + 900_000).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>session-of-${name}</AccessKeyId><SecretAccessKey>fake-secret</SecretAccessKey><SessionToken>fake-token-of-${name}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
}

function refuse(code: string): string {
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>said by the fake</Message></Error></ErrorResponse>`;
}
