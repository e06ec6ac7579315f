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
  if (query === undefined) return dropped('dns/malformed');
  const [question, ...others] = query.questions ?? [];
  if (operationOf(query) !== standardQuery) return reply(query, notImplemented, 'dns/refused');
  if (question === undefined || others.length > 0)
    return reply(query, formatError, 'dns/malformed');
  const name = question.name.toLowerCase();
  if (name.length > maximumNameLength || !hostName.test(name)) {
    return reply(query, refused, 'dns/refused', name);
  }
  if (question.class !== undefined && question.class !== 'IN') {
    return reply(query, refused, 'dns/refused', name);
  }
  const { address, rule } = lookup(name);
  if (address === undefined) return reply(query, noSuchName, rule, name);
  // A name that exists and has nothing of this kind (RFC 2308, section 2.2).
  const answers =
    question.type === 'A'
      ? [{ type: 'A' as const, name: question.name, ttl: timeToLiveSeconds, data: address }]
      : [];
  return { ...reply(query, noError, rule, name, answers), isAnswered: true };
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

function reply(
  query: DecodedPacket,
  code: number | undefined,
  rule: string,
  name?: string,
  answers: { type: 'A'; name: string; ttl: number; data: string }[] = [],
): QueryAnswer {
  const { id = 0, questions = [] } = query;
  const response = encode({
    ...{ type: 'response', id, answers, questions: questions.slice(0, 1) },
    // The code is the low four bits of the flags.
    flags: AUTHORITATIVE_ANSWER | ((query.flags ?? 0) & recursionDesired) | (code ?? 0),
  });
  return { response, name, isAnswered: false, rule };
}

const recursionDesired = 1 << 8;
const standardQuery = 0;

/** RFC 1035, section 4.1.1: four bits of the flags. */
function operationOf({ flags = 0 }: DecodedPacket): number {
  return (flags >> 11) & 0xf;
}
