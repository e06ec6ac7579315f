import { expect, test } from 'vitest';
import { createMessage } from './create-message.ts';
import { parseContent, parseHeader, parseParentHeader } from './message-header.ts';

test("a created message's header is read back", () => {
  const { header } = createMessage({ type: 'status', session: 's1', content: {} });
  expect(parseHeader(header)).toMatchObject({ messageType: 'status', session: 's1' });
});

test('a header that is no object or lacks id or type is refused', () => {
  for (const text of ['', '7', 'null', '[]', '{"msg_id":"1"}', '{"msg_id":1,"msg_type":"x"}']) {
    expect(() => parseHeader(Buffer.from(text))).toThrow(
      expect.objectContaining({ code: 'HeaderInvalid' }),
    );
  }
});

test('a message that answers nothing has no parent', () => {
  expect(parseParentHeader(Buffer.from('{}'))).toBeUndefined();
  expect(parseParentHeader(Buffer.from('not JSON'))).toBeUndefined();
});

test('content that is no object is none', () => {
  const message = createMessage({ type: 'x', session: '', content: { a: 1 } });
  expect(parseContent(message)).toEqual({ a: 1 });
  expect(parseContent({ ...message, content: Buffer.from('[1]') })).toBeUndefined();
});
