import type { ListeningOutside } from '../support/listening-outside.ts';

/** Something in an output that would reach a server of its author. */
export interface WayOut {
  readonly name: string;
  readonly html: (target: string, outside: ListeningOutside) => string;
  /** What the server hears; where nothing is said, the path it is given. */
  readonly heardAs?: string;
  /** False where the browser of the tests does not do it at all (it is started without predictions). */
  readonly isProvable?: false;
}

const script = (body: string) => `<script>${body}</script>`;
const text = (value: string) => JSON.stringify(value);

/** Each is carried out in an output's frame, and once more where nothing holds it back. */
export const waysOut: readonly WayOut[] = [
  { name: 'an image', html: (to) => `<img src="${to}">` },
  { name: 'an image made by a script', html: (to) => script(`new Image().src = ${text(to)}`) },
  { name: 'a stylesheet', html: (to) => `<link rel="stylesheet" href="${to}">` },
  { name: 'url() of a style', html: (to) => `<div style="background: url(${to})">x</div>` },
  { name: '@import of a style', html: (to) => `<style>@import url(${to});</style>` },
  {
    name: 'a font',
    html: (to) =>
      `<style>@font-face { font-family: F; src: url(${to}) }</style><p style="font-family: F">x</p>`,
  },
  { name: 'a script', html: (to) => `<script src="${to}"></script>` },
  { name: 'import()', html: (to) => script(`void import(${text(to)}).catch(() => 0)`) },
  { name: 'a frame', html: (to) => `<iframe src="${to}"></iframe>` },
  {
    name: 'a frame within a frame of its own text',
    html: (to) => `<iframe srcdoc="&lt;img src='${to}'&gt;"></iframe>`,
  },
  { name: 'an object', html: (to) => `<object data="${to}"></object>` },
  { name: 'an embedded thing', html: (to) => `<embed src="${to}">` },
  { name: 'a video', html: (to) => `<video src="${to}" preload="auto"></video>` },
  { name: 'an image of a drawing', html: (to) => `<svg><image href="${to}"/></svg>` },
  {
    name: 'fetch',
    html: (to) => script(`void fetch(${text(to)}, { mode: 'no-cors' }).catch(() => 0)`),
  },
  {
    name: 'XMLHttpRequest',
    html: (to) => script(`const x = new XMLHttpRequest(); x.open('GET', ${text(to)}); x.send()`),
  },
  { name: 'sendBeacon', html: (to) => script(`navigator.sendBeacon(${text(to)}, 'x')`) },
  {
    name: 'a WebSocket',
    html: (to) => script(`try { new WebSocket(${text(to.replace('http', 'ws'))}) } catch {}`),
  },
  { name: 'an EventSource', html: (to) => script(`new EventSource(${text(to)})`) },
  {
    name: 'a worker',
    html: (to) =>
      script(
        `try { new Worker(URL.createObjectURL(new Blob(["fetch('${to}', { mode: 'no-cors' })"]))) } catch {}`,
      ),
  },
  {
    name: 'a form',
    html: (to) => `<form id="f" action="${to}"><input name="x"></form>${script('f.submit()')}`,
  },
  {
    name: 'a refresh',
    html: (to) => `<meta http-equiv="refresh" content="0;url=${to}">`,
  },
  { name: 'its own navigation', html: (to) => script(`location.href = ${text(to)}`) },
  { name: 'window.open', html: (to) => script(`window.open(${text(to)})`) },
  {
    name: 'a link that a script presses',
    html: (to) => `<a id="a" target="_blank" href="${to}">x</a>${script('a.click()')}`,
  },
  { name: 'prefetch', html: (to) => `<link rel="prefetch" href="${to}">` },
  { name: 'preload', html: (to) => `<link rel="preload" as="image" href="${to}">` },
  {
    name: 'preconnect',
    html: (_, { quietOrigin }) => `<link rel="preconnect" href="${quietOrigin}">`,
    heardAs: 'connection',
    isProvable: false,
  },
  {
    name: 'preconnect by a script',
    html: (_, { quietOrigin }) =>
      script(
        `const l = document.createElement('link'); l.rel = 'preconnect'; l.href = ${text(quietOrigin)}; document.head.append(l)`,
      ),
    heardAs: 'connection',
    isProvable: false,
  },
  {
    name: 'WebRTC',
    html: (_, { stunAddress }) => script(webRtc(stunAddress)),
    heardAs: 'stun',
  },
  {
    name: 'WebRTC of another document',
    html: (_, { stunAddress }) => {
      const inner = `<script>${webRtc(stunAddress)}</script>`;
      return `<iframe srcdoc="${inner.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
    },
    heardAs: 'stun',
  },
];

function webRtc(stunAddress: string): string {
  return `try {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: 'stun:${stunAddress}' }] });
    peer.createDataChannel('x');
    void peer.createOffer().then((offer) => peer.setLocalDescription(offer));
  } catch {}`;
}
