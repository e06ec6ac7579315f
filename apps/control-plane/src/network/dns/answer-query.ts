import { AUTHORITATIVE_ANSWER, type DecodedPacket, decode, encode } from 'dns-packet';

/** What a name stands for in this studio's network. */
export type Lookup = (name: string) => {
  /** `undefined`: there is no such name here. */
  readonly address: string | undefined;
  /** `dns/endpoint`, `dns/allowed`, `dns/no-such-name`; for the flow log. */
  readonly rule: string;
};

export interface QueryAnswer {
  /** `undefined`: what came is no question, and nothing is sent. */
  readonly response: Buffer | undefined;
  readonly name: string | undefined;
  readonly isAnswered: boolean;
  readonly rule: string;
}

const timeToLiveSeconds = 30;
/** Response codes (RFC 1035, section 4.1.1). */
const [noError, formatError, noSuchName, notImplemented, refused] = [0, 1, 3, 4, 5];
/** RFC 1035, section 2.3.4; every name that we know is far shorter, so no answer outgrows UDP. */
const maximumNameLength = 253;
/** A question has a header of twelve bytes and one name; longer ones carry something else. */
const maximumQuestionBytes = 512;
const hostName =
  /^(?=.)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Answers one DNS message from what is known here; nothing is ever asked of anybody else, so a
 * question carries nothing out. Pure.
 */
export function answerQuery(message: Buffer, lookup: Lookup): QueryAnswer {
  const query = read(message);
  const asked = questionBytes(message);
  if (query === undefined || asked === undefined) return dropped('dns/malformed');
  const received = { query, asked };
  const [question, ...others] = query.questions ?? [];
  if (operationOf(query) !== standardQuery) return reply(received, notImplemented, 'dns/refused');
  if (question === undefined || others.length > 0)
    return reply(received, formatError, 'dns/malformed');
  const name = question.name.toLowerCase();
  if (name.length > maximumNameLength || !hostName.test(name)) {
    return reply(received, refused, 'dns/refused', name);
  }
  if (question.class !== undefined && question.class !== 'IN') {
    return reply(received, refused, 'dns/refused', name);
  }
  const { address, rule } = lookup(name);
  if (address === undefined) return reply(received, noSuchName, rule, name);
  // A name that exists and has nothing of this kind (RFC 2308, section 2.2).
  const answer = question.type === 'A' ? addressRecord(address) : undefined;
  return { ...reply(received, noError, rule, name, answer), isAnswered: true };
}

function read(message: Buffer): DecodedPacket | undefined {
  if (message.length > maximumQuestionBytes) return undefined;
  try {
    const query = decode(message);
    return query.type === 'query' ? query : undefined;
  } catch {
    return undefined;
  }
}

function dropped(rule: string): QueryAnswer {
  return { response: undefined, name: undefined, isAnswered: false, rule };
}

interface Received {
  readonly query: DecodedPacket;
  /** Its first question, as it came. */
  readonly asked: Buffer;
}

/** INVARIANT: never longer than the question and one address record, so nothing is amplified. */
function reply(
  { query, asked }: Received,
  code: number | undefined,
  rule: string,
  name?: string,
  answer?: Buffer,
): QueryAnswer {
  const header = encode({
    ...{ type: 'response', id: query.id ?? 0 },
    // The code is the low four bits of the flags.
    flags: AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & recursionDesired) | (code ?? 0),
  });
  header.writeUInt16BE(asked.length === 0 ? 0 : 1, questionCountOffset);
  header.writeUInt16BE(answer === undefined ? 0 : 1, answerCountOffset);
  const response = Buffer.concat([header, asked, answer ?? nothing]);
  return { response, name, isAnswered: false, rule };
}

/** RFC 1035, section 4.1.3: for the name that the question, right after the header, has. */
function addressRecord(address: string): Buffer {
  const record = Buffer.alloc(16);
  const [pointerToQuestion, typeA, classInternet, addressBytes] = [0xc00c, 1, 1, 4];
  record.writeUInt16BE(pointerToQuestion, 0);
  record.writeUInt16BE(typeA, 2);
  record.writeUInt16BE(classInternet, 4);
  record.writeUInt32BE(timeToLiveSeconds, 6);
  record.writeUInt16BE(addressBytes, 10);
  record.set(address.split('.').map(Number), 12);
  return record;
}

/**
 * The first question's own bytes: what a decoder made of odd ones could be longer. `undefined` where
 * the name does not end, or is shortened (RFC 1035, section 4.1.4), which no question needs.
 */
function questionBytes(message: Buffer): Buffer | undefined {
  if (message.length < headerBytes) return undefined;
  if (message.readUInt16BE(questionCountOffset) === 0) return nothing;
  for (let offset = headerBytes; ; ) {
    const length = message[offset];
    if (length === undefined || length > maximumLabelBytes) return undefined;
    offset += length + 1;
    if (length > 0) continue;
    const end = offset + typeAndClassBytes;
    return end > message.length ? undefined : message.subarray(headerBytes, end);
  }
}

const nothing = Buffer.alloc(0);
const [headerBytes, typeAndClassBytes, maximumLabelBytes] = [12, 4, 63];
const [questionCountOffset, answerCountOffset] = [4, 6];
const recursionDesired = 1 << 8;
const standardQuery = 0;

/** RFC 1035, section 4.1.1: four bits of the flags. */
function operationOf({ flags = 0 }: DecodedPacket): number {
  return (flags >> 11) & 0xf;
}
