import type { FakeCall, FakeRefusal } from './fake-aws.ts';

interface WireAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

interface WireFormat {
  answer(call: FakeCall, content: object): WireAnswer;
  refusal(call: FakeCall, refusal: FakeRefusal): WireAnswer;
}

const json = (status: number, content: object): WireAnswer => ({
  ...{ status, type: 'application/x-amz-json-1.1', text: JSON.stringify(content) },
});
const xml = (status: number, text: string): WireAnswer => ({ status, type: 'text/xml', text });

/** Smithy, "AWS JSON 1.1 protocol" and "AWS restJson1 protocol". */
export const jsonAnswer: WireFormat = {
  answer: (_call, content) => json(200, content),
  refusal: (_call, { code, message, status }) => json(status, { __type: code, message }),
};

/** Smithy, "AWS query", "AWS EC2 query" and "AWS restXml" protocols. */
export const xmlAnswer: WireFormat = {
  answer({ service, operation }, content) {
    // S3's policies are JSON, and answered as they are.
    if ('text' in content) return { ...xml(200, String(content.text)), type: 'application/json' };
    if (service === 's3') return xml(200, elements(content, 'list'));
    if (service === 'ec2') return xml(200, wrap(`${operation}Response`, elements(content, 'item')));
    const result = wrap(`${operation}Result`, elements(content, 'member'));
    return xml(200, wrap(`${operation}Response`, result));
  },
  refusal({ service }, { code, message, status }) {
    const error = `${wrap('Code', code)}${wrap('Message', escapeXml(message))}`;
    if (service === 's3') return xml(status, wrap('Error', error));
    if (service === 'ec2')
      return xml(status, wrap('Response', wrap('Errors', wrap('Error', error))));
    return xml(status, wrap('ErrorResponse', wrap('Error', `<Type>Sender</Type>${error}`)));
  },
};

/** `list`: S3 repeats the element itself; the others have one of a name for all. */
function elements(content: object, itemName: 'list' | 'item' | 'member'): string {
  return Object.entries(content)
    .map(([name, value]) => {
      if (value === undefined || value === null) return '';
      if (!Array.isArray(value)) return wrap(name, text(value, itemName));
      if (itemName === 'list')
        return value.map((each) => wrap(name, text(each, itemName))).join('');
      return wrap(name, value.map((each) => wrap(itemName, text(each, itemName))).join(''));
    })
    .join('');
}

function text(value: unknown, itemName: 'list' | 'item' | 'member'): string {
  return typeof value === 'object' && value !== null
    ? elements(value, itemName)
    : escapeXml(String(value));
}

function wrap(name: string, content: string): string {
  return `<${name}>${content}</${name}>`;
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
