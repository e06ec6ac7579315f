import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pour } from '../poured-bytes.ts';
import { S3Error } from '../s3-error.ts';
import type { PayloadMode } from './payload-mode.ts';
import { toSignableRequest } from './signable-request.ts';
import { type VerifiedBody, verifiedBody } from './verified-body.ts';
import { type VerifiedSignature, verifySignature } from './verify-signature.ts';

/** S3 API Reference, "Transferring Payload in Multiple Chunks": its example of 65 KiB of `a`. */
const content = Buffer.alloc(65 * 1024, 'a');
const plain = {
  mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  seed: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
  chunks: [
    'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648',
    '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497',
    'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9',
  ],
  headers: { 'content-length': '66824' },
};
const withTrailer = {
  mode: 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER',
  seed: '106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e',
  chunks: [
    'b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2',
    '1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7',
    '2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992',
  ],
  headers: { 'x-amz-trailer': 'x-amz-checksum-crc32c' },
};
const trailerSignature = 'd81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435';

function signatureOf(form: typeof plain | typeof withTrailer): Promise<VerifiedSignature<null>> {
  const headers: Readonly<Record<string, string>> = {
    'content-encoding': 'aws-chunked',
    ...form.headers,
    host: 's3.amazonaws.com',
    'x-amz-content-sha256': form.mode,
    'x-amz-date': '20130524T000000Z',
    'x-amz-decoded-content-length': '66560',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
  };
  const names = Object.keys(headers).sort().join(';');
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${names},Signature=${form.seed}`;
  const rawHeaders = Object.entries({ ...headers, authorization }).flat();
  const url = '/examplebucket/chunkObject.txt';
  return verifySignature(toSignableRequest({ method: 'PUT', url, rawHeaders }), {
    region: 'us-east-1',
    now: () => new Date('2013-05-24T00:00:00Z'),
    findCredentials: async () => ({
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      principal: null,
    }),
  });
}

function frame(bytes: Buffer, signature: string): Buffer {
  const header = `${bytes.length.toString(16)};chunk-signature=${signature}\r\n`;
  return Buffer.concat([Buffer.from(header), bytes, Buffer.from('\r\n')]);
}

function framed({ chunks }: typeof plain | typeof withTrailer): Buffer[] {
  const [first = '', second = '', last = ''] = chunks;
  return [
    frame(content.subarray(0, 65_536), first),
    frame(content.subarray(65_536), second),
    Buffer.from(`0;chunk-signature=${last}\r\n`),
  ];
}

async function* inPieces(bytes: Buffer, pieceBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

type Signature = Pick<VerifiedSignature<null>, 'payload' | 'chunkSeed'>;

/** Asked for piece by piece, and poured: either way it must come to the same. */
async function read(
  bytes: Buffer,
  signature: Signature,
  options: { trailers?: readonly string[]; pieceBytes?: number } = {},
) {
  const attempt = async (consume: (body: VerifiedBody['body'], count: Count) => Promise<void>) => {
    const raw = inPieces(bytes, options.pieceBytes ?? 16_384);
    const { body, trailers } = verifiedBody(raw, signature, options.trailers ?? []);
    let receivedBytes = 0;
    let code: string | undefined;
    try {
      await consume(body, (piece) => {
        receivedBytes += piece.length;
        return undefined;
      });
    } catch (error) {
      code = error instanceof S3Error ? error.code : String(error);
    }
    return { receivedBytes, code, trailers: Object.fromEntries(trailers) };
  };
  const poured = await attempt(pour);
  const asked = await attempt(async (body, count) => {
    for await (const piece of body) count(piece);
  });
  expect(poured).toEqual(asked);
  return asked;
}

type Count = (piece: Uint8Array) => undefined;

const end = Buffer.from('\r\n');

describe("AWS's documented example of signed chunks", () => {
  it.each([7, 1000, 65_536, 100_000])('is read in pieces of %i bytes', async (pieceBytes) => {
    const bytes = Buffer.concat([...framed(plain), end]);
    const result = await read(bytes, await signatureOf(plain), { pieceBytes });
    expect(result).toEqual({ receivedBytes: 66_560, code: undefined, trailers: {} });
  });

  it('is read with its trailer', async () => {
    const trailer = `x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:${trailerSignature}\r\n\r\n`;
    const bytes = Buffer.concat([...framed(withTrailer), Buffer.from(trailer)]);
    const trailers = ['x-amz-checksum-crc32c'];
    const signature = await signatureOf(withTrailer);
    expect(await read(bytes, signature, { trailers })).toEqual({
      ...{ receivedBytes: 66_560, code: undefined },
      trailers: { 'x-amz-checksum-crc32c': 'sOO8/Q==' },
    });
    const changed = Buffer.from(bytes.toString('latin1').replace('sOO8', 'sOO9'), 'latin1');
    const refused = await read(changed, signature, { trailers });
    expect(refused.code).toBe('SignatureDoesNotMatch');
    expect(refused.receivedBytes).toBeLessThan(66_560);
    const unsigned = Buffer.concat([
      ...framed(withTrailer),
      Buffer.from('x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n'),
    ]);
    expect((await read(unsigned, signature, { trailers })).code).toBe('MalformedTrailerError');
  });

  it('is refused, its last bytes withheld, where chunks are changed, swapped, left out or cut', async () => {
    const [first = end, second = end, last = end] = framed(plain);
    const flipped = Buffer.from(second);
    flipped[200] = 0x62;
    const signature = await signatureOf(plain);
    const cases: [string, Buffer[]][] = [
      ['SignatureDoesNotMatch', [first, flipped, last, end]],
      ['SignatureDoesNotMatch', [second, first, last, end]],
      ['SignatureDoesNotMatch', [first, last, end]],
      ['SignatureDoesNotMatch', [first, first, second, last, end]],
      ['IncompleteBody', [first, second]],
      ['IncompleteBody', [first, second.subarray(0, 500)]],
      ['InvalidRequest', [first, second, last, end, Buffer.from('more')]],
    ];
    for (const [code, parts] of cases) {
      const result = await read(Buffer.concat(parts), signature);
      expect(result.code).toBe(code);
      if (parts.length !== 5) expect(result.receivedBytes).toBeLessThan(66_560);
    }
  });
});

function signatureFor(payload: PayloadMode): Signature {
  const chunkSeed = { signingKey: Buffer.alloc(32), timestamp: '', scope: '', signature: '' };
  return { payload, chunkSeed };
}

describe('a body whose SHA-256 was signed', () => {
  const sha256 = createHash('sha256').update(content).digest('hex');

  it('is released whole only where it is the one', async () => {
    const signature = signatureFor({ kind: 'hashed', sha256 });
    expect(await read(content, signature)).toMatchObject({
      receivedBytes: 66_560,
      code: undefined,
    });
    const changed = Buffer.from(content);
    changed[0] = 0x62;
    const refused = await read(changed, signature);
    expect(refused.code).toBe('XAmzContentSHA256Mismatch');
    expect(refused.receivedBytes).toBeLessThan(66_560);
  });
});

describe('a body of unsigned chunks', () => {
  const signature = signatureFor({ kind: 'chunked', isSigned: false, hasTrailer: true });
  const trailers = ['x-amz-checksum-crc32'];
  const body = (trailer: string) => Buffer.from(`5\r\nhello\r\n0\r\n${trailer}\r\n`);

  it('is read with the checksum behind it', async () => {
    const result = await read(body('x-amz-checksum-crc32:NhCmhg==\r\n'), signature, { trailers });
    expect(result).toEqual({
      ...{ receivedBytes: 5, code: undefined },
      trailers: { 'x-amz-checksum-crc32': 'NhCmhg==' },
    });
  });

  it.each([
    ['', 'MalformedTrailerError'],
    ['x-amz-checksum-sha1:AA==\r\n', 'MalformedTrailerError'],
    ['x-amz-checksum-crc32:AA==\r\nx-amz-meta-b:2\r\n', 'MalformedTrailerError'],
    ['nothing\r\n', 'MalformedTrailerError'],
    [`x-amz-checksum-crc32:${'A'.repeat(5000)}\r\n`, 'InvalidRequest'],
  ])('is refused with a trailer that was not announced: %j', async (trailer, code) => {
    expect((await read(body(trailer), signature, { trailers })).code).toBe(code);
  });

  it.each(['zz\r\n', '5;x=1\r\nhello\r\n', '4\r\nhello\r\n0\r\n\r\n', `${'0'.repeat(2000)}\r\n`])(
    'is refused with a malformed chunk: %j',
    async (text) => {
      expect((await read(Buffer.from(text), signature, { trailers })).code).toBe('InvalidRequest');
    },
  );
});
