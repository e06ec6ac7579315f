import type { Socket } from 'node:net';

/** Why an attempt goes no further. */
export interface GateRefusal {
  readonly rule: string;
  readonly sentence: { readonly english: string; readonly korean: string };
}

/** How the other end is told, in the words of the protocol that it speaks. */
export type RefusalForm = 'tls' | 'http' | 'none';

/** RFC 8446, section 6: a fatal alert, access_denied, in a record of its own. */
const accessDeniedAlert = Buffer.from([21, 3, 3, 0, 2, 2, 49]);
const lingerMilliseconds = 2_000;

/** Tells why where the protocol has words for it, and ends the connection so that nothing waits. */
export function refuse(socket: Socket, form: RefusalForm, refusal: GateRefusal): void {
  switch (form) {
    case 'none':
      socket.resetAndDestroy();
      return;
    case 'tls':
      linger(socket, accessDeniedAlert);
      return;
    case 'http':
      linger(socket, httpRefusal(refusal));
  }
}

/** What is still arriving is read and dropped, or its reset would overtake the answer. */
function linger(socket: Socket, answer: Buffer): void {
  socket.on('error', () => socket.destroy());
  socket.setTimeout(0);
  const timer = setTimeout(() => socket.destroy(), lingerMilliseconds);
  socket.once('close', () => clearTimeout(timer));
  socket.on('data', () => undefined);
  socket.end(answer);
  socket.resume();
}

function httpRefusal({ rule, sentence }: GateRefusal): Buffer {
  const body = Buffer.from(`${sentence.english}\n${sentence.korean}\n(${rule})\n`);
  const printable = rule.replace(/[^\x21-\x7e]/g, '_');
  const head = [
    // Of a refused tunnel this line is all that most programs show.
    `HTTP/1.1 403 Refused by ${printable}`,
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${body.length}`,
    `X-Strongroom-Rule: ${printable}`,
    'Cache-Control: no-store',
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

/** Refusals that no rule of the domain makes but the gate itself. */
export const gateRefusals = {
  tooManyConnections: own('too-many-connections', {
    english: 'Your studio has too many connections open. Close some and try again.',
    korean: '스튜디오에서 열린 연결이 너무 많습니다. 일부를 닫고 다시 시도하십시오.',
  }),
  tooManyLookups: own('too-many-lookups', {
    english: 'Your studio looks up too many names at once. Try again in a moment.',
    korean: '스튜디오에서 한꺼번에 조회하는 이름이 너무 많습니다. 잠시 후 다시 시도하십시오.',
  }),
  malformed: own('malformed-request', {
    english: 'This request cannot be read without doubt, so it goes no further.',
    korean: '의심의 여지 없이 읽을 수 없는 요청이므로 전달하지 않았습니다.',
  }),
  tooSlow: own('too-slow', {
    english: 'The beginning of this request did not arrive in time.',
    korean: '요청의 첫 부분이 제시간에 도착하지 않았습니다.',
  }),
  noServerName: own('no-server-name', {
    english: 'This TLS connection does not say which server it wants (SNI), so it goes no further.',
    korean: '이 TLS 연결에는 서버 이름(SNI)이 없으므로 전달하지 않았습니다.',
  }),
  nameMismatch: own('name-mismatch', {
    english: 'The request names another server than the one it was addressed to.',
    korean: '요청에 적힌 서버 이름이 접속한 주소의 서버와 다릅니다.',
  }),
  addressForbidden: own('address-forbidden', {
    english: 'This name stands for an address that is not public, so nothing is sent there.',
    korean: '이 이름은 공인 주소가 아닌 주소를 가리키므로 아무것도 보내지 않았습니다.',
  }),
  unreachable: own('unreachable', {
    english: 'The server could not be reached from this machine.',
    korean: '이 서버에서 상대 서버에 연결하지 못했습니다.',
  }),
  nameUnknown: own('name-unknown', {
    english: 'This name has no address.',
    korean: '이 이름에 해당하는 주소가 없습니다.',
  }),
} as const;

function own(name: string, sentence: GateRefusal['sentence']): GateRefusal {
  return { rule: `egress/${name}`, sentence };
}
