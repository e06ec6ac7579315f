/** Trusted Types (W3C) as far as they are used here; TypeScript's library does not know them yet. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: Readonly<Record<string, (text: string, type: string, sink: string) => string>>,
  ): unknown;
}

/**
 * What a content security policy leaves open to a script, each of which would tell somebody outside
 * that the output is looked at: WebRTC, and links that resolve a name or connect ahead. The objects
 * are taken away before the output's code is there. Another document would have them again, so none can
 * be made: by no call, and by no HTML (see `passHarmlessHtml`).
 */
export function closeWaysOut(): void {
  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'XSLTProcessor']) {
    Reflect.deleteProperty(window, name);
  }
  refuseNames(Document.prototype, 'createElement', 0);
  refuseNames(Document.prototype, 'createElementNS', 1);
  refuseNames(DOMImplementation.prototype, 'createDocument', 1);
  // Without its options: `extends` would make one of them under another name.
  const { define } = CustomElementRegistry.prototype;
  replace(CustomElementRegistry.prototype, 'define', function (this: unknown, ...inputs) {
    return Reflect.apply(define, this, inputs.slice(0, 2));
  });
  for (const link of document.querySelectorAll('link')) link.remove();
}

/**
 * The document's policy requires Trusted Types: every string that becomes HTML comes through here, and
 * no other policy can be made. Where a browser does not know them only the calls are closed.
 */
export function passHarmlessHtml(): void {
  const { trustedTypes } = window as unknown as { trustedTypes?: TrustedTypes };
  trustedTypes?.createPolicy('default', {
    createHTML: (html, _type, sink) => (isRefusedSink(sink) ? '' : withoutWaysOut(html)),
    createScript: (script) => script,
    createScriptURL: (address) => address,
  });
}

/** What writes in pieces could put a name together that no piece has. */
function isRefusedSink(sink: string): boolean {
  return /srcdoc|^Document write/i.test(sink);
}

const refusedNames = /^(?:[\w.-]+:)?(?:link|iframe|frame|object|embed|fencedframe|portal)$/i;
const refusedMarkup =
  /<(\/?)((?:[\w.-]+:)?(?:link|iframe|frame|object|embed|fencedframe|portal)\b)/gi;

/** Names of elements and attributes cannot be written in another way: entities are not read in them. */
function withoutWaysOut(html: string): string {
  return html
    .replaceAll(refusedMarkup, '<$1refused-$2')
    .replaceAll(/srcdoc/gi, 'data-refused')
    .replaceAll(/speculationrules/gi, 'text/refused');
}

function refuseNames(prototype: object, method: string, nameIndex: number): void {
  const create = Reflect.get(prototype, method) as (...inputs: unknown[]) => unknown;
  replace(prototype, method, function (this: unknown, ...inputs) {
    // Read once: an object could answer with another name the second time.
    const name = String(inputs[nameIndex]);
    inputs[nameIndex] = refusedNames.test(name) ? 'refused-element' : name;
    return Reflect.apply(create, this, inputs);
  });
}

function replace(
  prototype: object,
  method: string,
  value: (this: unknown, ...inputs: unknown[]) => unknown,
): void {
  Object.defineProperty(prototype, method, { value, writable: false, configurable: false });
}
