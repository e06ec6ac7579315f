import { decode, encode, type RecordType } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { answerQuery, type Lookup } from './answer-query.ts';
import { NameBook } from './name-book.ts';

const lookup: Lookup = (name) =>
  name === 'sts.amazonaws.com'
    ? { address: '10.0.1.10', rule: 'dns/endpoint' }
    : { address: undefined, rule: 'dns/no-such-name' };

function ask(name: string, type: RecordType = 'A') {
  const message = encode({ type: 'query', id: 7, flags: 1 << 8, questions: [{ type, name }] });
  const answered = answerQuery(message, lookup);
  return {
    ...answered,
    decoded: answered.response === undefined ? undefined : read(answered.response),
  };
}

function read(response: Buffer) {
  const decoded = decode(response);
  return { ...decoded, code: (decoded.flags ?? 0) & 0xf };
}

describe('the resolver of a studio', () => {
  it('gives a known name its address, in whatever case it is asked', () => {
    const { decoded, rule, isAnswered } = ask('STS.amazonaws.com');
    expect({ rule, isAnswered }).toEqual({ rule: 'dns/endpoint', isAnswered: true });
    expect(decoded).toMatchObject({ id: 7, type: 'response', code: 0 });
    // The question's own letters come back (draft-vixie-dnsext-dns0x20).
    expect(decoded?.answers).toMatchObject([
      { name: 'STS.amazonaws.com', type: 'A', data: '10.0.1.10' },
    ]);
  });

  it.each(['AAAA', 'TXT', 'MX', 'NULL', 'ANY'] as RecordType[])(
    'has nothing of type %s for it',
    (type) => {
      const { decoded } = ask('sts.amazonaws.com', type);
      expect(decoded).toMatchObject({ code: 0, answers: [] });
    },
  );

  it('knows no other name', () => {
    for (const name of ['example.com', 'evil.sts.amazonaws.com', 'amazonaws.com']) {
      expect(ask(name)).toMatchObject({ rule: 'dns/no-such-name', isAnswered: false });
      expect(ask(name).decoded?.code).toBe(3);
    }
  });

  it('refuses what is no host name', () => {
    for (const name of ['ѕts.amazonaws.com', 'a b.example', '', 'x.'.repeat(200)]) {
      const { isAnswered, decoded } = ask(name);
      expect(isAnswered).toBe(false);
      expect(decoded?.answers ?? []).toEqual([]);
    }
  });

  it('answers never more than a question and one address', () => {
    const { response } = ask('sts.amazonaws.com');
    const question = encode({
      type: 'query',
      questions: [{ type: 'A', name: 'sts.amazonaws.com' }],
    });
    expect(response?.length).toBeLessThan(question.length + 40);
  });

  it('refuses in no more bytes than it was asked with, whatever they are', () => {
    const [header, end] = [
      encode({ type: 'query', id: 7 }).fill(1, 5, 6),
      Buffer.from([0, 0, 1, 0, 1]),
    ];
    for (const byte of [0xff, 0xd1, 0x20, 0x2e, 0x00]) {
      const label = Buffer.concat([Buffer.from([63]), Buffer.alloc(63, byte)]);
      const message = Buffer.concat([header, label, label, label, end]);
      const { response, isAnswered } = answerQuery(message, lookup);
      expect(isAnswered).toBe(false);
      expect(response?.subarray(12)).toEqual(message.subarray(12));
    }
  });

  it('drops a question whose name points at other bytes', () => {
    const message = encode({ type: 'query', id: 7, questions: [{ type: 'A', name: 'a.b' }] });
    message.set([0xc0, 0x0c], 14);
    expect(answerQuery(message, lookup)).toMatchObject({ response: undefined, isAnswered: false });
  });

  it('drops what is no question', () => {
    const response = encode({
      type: 'response',
      id: 1,
      questions: [{ type: 'A', name: 'a.example' }],
    });
    for (const message of [Buffer.alloc(0), Buffer.from('hello'), response, Buffer.alloc(600)]) {
      expect(answerQuery(message, lookup)).toMatchObject({
        response: undefined,
        isAnswered: false,
      });
    }
  });

  it('answers every cut of a real question without failing', () => {
    const message = encode({
      type: 'query',
      id: 7,
      questions: [{ type: 'A', name: 'sts.amazonaws.com' }],
    });
    for (let length = 0; length < message.length; length += 1) {
      expect(answerQuery(message.subarray(0, length), lookup).isAnswered).toBe(false);
    }
  });

  it('refuses other classes, other operations and several questions', () => {
    const question = { type: 'A', name: 'sts.amazonaws.com' } as const;
    const chaos = encode({ type: 'query', questions: [{ ...question, class: 'CH' }] });
    const several = encode({ type: 'query', questions: [question, question] });
    const update = encode({ type: 'query', questions: [question] });
    update[2] = (update[2] ?? 0) | (5 << 3);
    for (const message of [chaos, several, update]) {
      expect(answerQuery(message, lookup).isAnswered).toBe(false);
    }
  });
});

describe('the names of a studio', () => {
  it('have an address each, the same while they are remembered', () => {
    const book = new NameBook();
    const first = book.addressOf('a.example');
    expect(first).toBe('100.64.0.1');
    expect(book.addressOf('b.example')).toBe('100.64.0.2');
    expect(book.addressOf('a.example')).toBe(first);
    expect(book.nameOf('100.64.0.2')).toBe('b.example');
    expect(book.nameOf('100.64.0.3')).toBeUndefined();
  });

  it('are forgotten, the one unused longest first, and no address means two names', () => {
    const book = new NameBook();
    const kept = book.addressOf('kept.example');
    for (let index = 0; index < 10_000; index += 1) {
      book.addressOf(`n${index}.example`);
      if (index % 100 === 0) book.addressOf('kept.example');
    }
    expect(book.addressOf('kept.example')).toBe(kept);
    expect(book.nameOf('100.64.0.2')).toBeUndefined();
  });
});
