import type { Browser, BrowserContext, Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { launchBrowser, newPerson } from '../support/browser.ts';
import { ConsolePage } from '../support/console-page.ts';
import { type ListeningOutside, listenOutside } from '../support/listening-outside.ts';
import { code, html, markdown, notebookOf, shows } from '../support/notebooks.ts';
import { type RunningDomain, startDomain } from '../support/running-domain.ts';
import { ViewerPage, viewerOriginOf } from '../support/viewer-page.ts';
import { noteAttack } from './describe-attacks.ts';
import { waysOut } from './ways-out.ts';

let browser: Browser;
let domain: RunningDomain;
let outside: ListeningOutside;
let person: BrowserContext;

/** Signed in, so that there is something to steal. */
beforeAll(async () => {
  browser = await launchBrowser();
  domain = await startDomain();
  outside = await listenOutside();
  person = await newPerson(browser);
  const console = await ConsolePage.open(person, domain);
  const oneTime = domain.oneTimePasswords.get('alice') ?? '';
  await console.signIn('alice', oneTime);
  await console.changePassword(oneTime, 'a sentence that somebody made up');
  await console.page.close();
});
afterAll(async () => {
  await browser.close();
  await domain.remove();
  await outside.close();
});

async function openViewer(): Promise<ViewerPage> {
  return ViewerPage.open(await person.newPage(), domain);
}

const attempted = '<script>window.attempted = true</script>';
/** A script sends HTML to a document of its own, whatever else is in it. */
const attempt = (body: string) => html(`${body}${attempted}`);
const outputFrames = (viewer: ViewerPage) =>
  viewer.page.frames().filter((each) => each.parentFrame() === viewer.frame);

/** Until every output has done what it came for, or was ended by the browser on its way elsewhere. */
async function whenAttempted(viewer: ViewerPage, count: number): Promise<void> {
  await viewer.frame.evaluate(`
    for (const each of document.querySelectorAll('.cell')) each.style.contentVisibility = 'visible';
  `);
  for (let index = 0; index < count; index += 1) {
    await viewer.say({ type: 'scroll-to-cell', cellIndex: index });
    await viewer.frame.locator(`[data-cell="${index}"] iframe[src]`).waitFor({ state: 'attached' });
  }
  const hasAttempted = async (frame: Frame) => {
    if (frame.url().startsWith('chrome-error:')) return true;
    return frame.evaluate<boolean>(`'attempted' in window`).catch(() => false);
  };
  await vi.waitFor(
    async () => {
      const done = await Promise.all(outputFrames(viewer).map(hasAttempted));
      expect(done.filter(Boolean).length).toBe(count);
    },
    { timeout: 60_000 },
  );
}

describe('ways out of an output', () => {
  let viewer: ViewerPage;
  const pathOf = (place: string, index: number) => `/${place}/${index}`;
  const heardOf = (place: string, index: number) => waysOut[index]?.heardAs ?? pathOf(place, index);
  const attackOf = (place: string, index: number) =>
    waysOut[index]?.html(`${outside.origin}${pathOf(place, index)}`, outside) ?? '';
  let heardInViewer: readonly string[];

  beforeAll(async () => {
    viewer = await openViewer();
    await viewer.render(
      notebookOf(waysOut.map((_, index) => code('', attempt(attackOf('viewer', index))))),
    );
    await whenAttempted(viewer, waysOut.length);
    // The same where nothing holds it back: what the viewer let out was sent before and is here by then.
    for (const index of waysOut.keys()) outside.serve(`/attack/${index}`, attackOf('page', index));
    const frames = [...waysOut.keys()].map((index) => `<iframe src="/attack/${index}"></iframe>`);
    outside.serve('/unprotected', frames.join(''));
    const heardBefore = outside.heard.length;
    const page = await person.newPage();
    await page.goto(`${outside.origin}/unprotected`, { waitUntil: 'commit' });
    await outside.hear(
      [...waysOut.keys()]
        .filter((index) => waysOut[index]?.isProvable !== false)
        .map((index) => heardOf('page', index)),
    );
    const late = outside.heard.slice(heardBefore).filter((path) => path.startsWith('/viewer/'));
    heardInViewer = [...outside.heard.slice(0, heardBefore), ...late];
    await page.close();
  });

  for (const [index, { name, isProvable }] of waysOut.entries()) {
    it(`refuses: ${name}`, ({ task }) => {
      const isHeard = heardInViewer.includes(heardOf('viewer', index));
      noteAttack(task, {
        expected: 'nothing is heard outside',
        seen: isHeard ? 'heard' : 'nothing is heard outside',
      });
      expect(isHeard).toBe(false);
    });

    if (isProvable === false) continue;
    it(`without the frame, does not refuse: ${name}`, ({ task }) => {
      const isHeard = outside.heard.includes(heardOf('page', index));
      noteAttack(task, { expected: 'heard outside', seen: isHeard ? 'heard outside' : 'nothing' });
      expect(isHeard).toBe(true);
    });
  }
});

/** An expression in an output, and what may come of it: an error's name, or a value as text. */
const reaches: readonly { name: string; code: string; refusal: readonly string[] }[] = [
  { name: 'cookies', code: 'document.cookie', refusal: ['SecurityError'] },
  { name: 'storage', code: 'localStorage.length', refusal: ['SecurityError'] },
  { name: 'storage of the tab', code: 'sessionStorage.length', refusal: ['SecurityError'] },
  { name: 'databases', code: 'indexedDB.open("x") && "opened"', refusal: ['SecurityError'] },
  { name: 'caches', code: 'caches.open("x")', refusal: ['SecurityError', 'ReferenceError'] },
  {
    name: 'a service worker',
    code: 'navigator.serviceWorker.register("/assets/x.js")',
    refusal: ['SecurityError', 'TypeError'],
  },
  { name: 'the notebook around it', code: 'parent.document.title', refusal: ['SecurityError'] },
  { name: 'the page of the console', code: 'top.document.title', refusal: ['SecurityError'] },
  { name: 'another output', code: 'parent.frames[0].document.title', refusal: ['SecurityError'] },
  { name: 'the page’s address', code: 'top.location.href', refusal: ['SecurityError'] },
  {
    name: 'the console’s API',
    code: 'fetch(consoleUrl + "/api/session", { credentials: "include" })',
    refusal: ['TypeError'],
  },
  {
    name: 'a studio’s API',
    code: 'fetch(studioUrl + "/api/contents", { credentials: "include" })',
    refusal: ['TypeError'],
  },
  {
    name: 'the clipboard, reading',
    code: 'navigator.clipboard.readText()',
    refusal: ['NotAllowedError', 'TypeError'],
  },
  {
    name: 'the clipboard, writing',
    code: 'navigator.clipboard.writeText("x")',
    refusal: ['NotAllowedError', 'TypeError'],
  },
  { name: 'the clipboard, as of old', code: 'document.execCommand("copy")', refusal: ['false'] },
  { name: 'the page’s navigation', code: 'top.location = "/"', refusal: ['SecurityError'] },
  { name: 'the frame’s navigation', code: 'parent.location = "/"', refusal: ['SecurityError'] },
  {
    name: 'another output’s navigation',
    code: 'parent.frames[0].location = "/"',
    refusal: ['SecurityError'],
  },
  { name: 'a window', code: 'String(window.open("about:blank"))', refusal: ['null'] },
  {
    name: 'a policy of its own',
    code: 'trustedTypes.createPolicy("own", {})',
    refusal: ['TypeError'],
  },
];

describe('what an output reaches for', () => {
  let viewer: ViewerPage;
  const dialogs: string[] = [];
  const downloads: string[] = [];
  const seen: string[] = [];

  beforeAll(async () => {
    viewer = await openViewer();
    viewer.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    viewer.page.on('download', (download) => downloads.push(download.url()));
    const [consoleUrl, studioUrl] = [domain.consoleUrl, domain.studioUrl('alice')];
    const attemptTo = (expression: string) =>
      attempt(`<script>
        const [consoleUrl, studioUrl] = ${JSON.stringify([consoleUrl, studioUrl])};
        window.came = (async () => ${expression})().then(String, (error) => error.name);
      </script>`);
    const nuisances = `<script>
      alert('owned');
      const a = document.createElement('a');
      a.href = 'data:application/octet-stream,x';
      a.download = 'owned.exe';
      document.body.append(a);
      a.click();
      for (let n = 0; n < 20000; n += 1) {
        top.postMessage({ type: 'comment', cellIndex: 0 }, '*');
        parent.postMessage({ type: 'render', notebook: {}, language: 'en', theme: 'light', commentCounts: [], mayComment: true }, '*');
        parent.frames[0].postMessage({ type: 'show', content: { kind: 'html', html: 'owned' }, theme: 'light' }, '*');
      }
      history.back();
    </script>`;
    await viewer.render(
      notebookOf([
        ...reaches.map(({ code: expression }) => code('', attemptTo(expression))),
        code('', attempt(nuisances)),
      ]),
    );
    await whenAttempted(viewer, reaches.length + 1);
    for (const index of reaches.keys()) {
      const element = await viewer.frame.waitForSelector(`[data-cell="${index}"] iframe`);
      const frame = await element.contentFrame();
      seen.push(String(await frame?.evaluate('window.came')));
    }
  });

  for (const [index, { name, refusal }] of reaches.entries()) {
    it(`refuses: ${name}`, ({ task }) => {
      noteAttack(task, { expected: refusal.join(' or '), seen: seen[index] ?? '' });
      expect(refusal).toContain(seen[index]);
    });
  }

  it('tells the page apart what the frame says from what outputs say, however often', async () => {
    const heard = await viewer.heard();
    const forged = heard.filter(({ data }) => data.type === 'comment');
    expect(forged.length).toBe(20_000);
    expect(forged.filter(({ isFromFrame }) => isFromFrame)).toEqual([]);
    // The frame was not made to show another notebook, nor an output another output.
    await viewer.say({ type: 'find', text: 'owned' });
    expect(await viewer.hear('found')).toMatchObject({ matchCount: 0 });
    expect(await viewer.frame.locator('.cell').count()).toBe(reaches.length + 1);
    const first = await (
      await viewer.frame.waitForSelector('[data-cell="0"] iframe')
    ).contentFrame();
    expect(await first?.evaluate('document.body.innerText')).not.toContain('owned');
  });

  it('shows no dialog, saves no file and leaves the page where it is', () => {
    expect(dialogs).toEqual([]);
    expect(downloads).toEqual([]);
    expect(viewer.page.url()).toBe(`${domain.consoleUrl}/`);
  });
});

describe('the frame itself', () => {
  const hostile = [
    '<form action="https://a.example"><button>x</button></form><style>* { display: none }</style>',
    '<iframe srcdoc="x"></iframe><object data="x"></object><base href="https://a.example">',
    '<meta http-equiv="refresh" content="0"><link rel="prefetch" href="https://a.example">',
    '<svg onload="owned = 1"><script>owned = 1</script></svg><math><mtext><img src onerror="owned = 1">',
    '<img src="x" onerror="owned = 1"><a href="javascript:owned = 1">link</a>',
    '<p style="position: fixed; inset: 0; background: url(https://a.example)">over all</p>',
    '<p class="comment-button" id="notebook">imitation</p><details open ontoggle="owned = 1">',
    '[markdown](javascript:owned=1) <javascript:owned=1> ![x](https://a.example/x.png)',
    '[data](data:text/html,<script>owned=1</script>)',
    '$\\href{javascript:owned=1}{x}$ $\\style{position:fixed;inset:0}{x}$ $\\unicode{x}$',
  ];

  it('lets no markup of markdown or HTML act, load, cover or imitate', async ({ task }) => {
    const viewer = await openViewer();
    await viewer.render(
      notebookOf([
        // Apart, since an element that is left open may take what follows it along.
        ...hostile.map((each) => markdown(each)),
        ...hostile.map((each) => code('', shows({ 'text/markdown': each }))),
        code('', html('<p style="position: fixed; top: 0; color: red">red</p>')),
        code(
          '',
          shows({
            'image/svg+xml':
              '<svg xmlns="http://www.w3.org/2000/svg"><script>parent.owned = 1</script></svg>',
          }),
        ),
      ]),
    );
    await viewer.frame.locator('mjx-container').first().waitFor({ state: 'attached' });
    const found = await viewer.frame.evaluate(`(() => {
      const all = [...document.querySelectorAll('#notebook *')];
      const refused = ':is(form, style, iframe, object, base, meta, link, script, svg, [srcdoc])';
      const isCode = ({ name, value }) => name.startsWith('on') || /javascript:/i.test(value);
      return {
        owned: 'owned' in window,
        tags: all.filter((each) => each.matches(refused)).map(({ tagName }) => tagName),
        handlers: all.flatMap(({ attributes }) => [...attributes].filter(isCode)).length,
        fixed: all.filter((each) => getComputedStyle(each).position === 'fixed').length,
        imitations: document.querySelectorAll('p.comment-button, p#notebook').length,
        red: getComputedStyle(document.querySelector('#notebook .html-output p')).color,
      };
    })()`);
    noteAttack(task, { expected: 'nothing of it', seen: JSON.stringify(found) });
    expect(found).toEqual({
      ...{ owned: false, tags: [], handlers: 0, fixed: 0, imitations: 0 },
      red: 'rgb(255, 0, 0)',
    });
    await viewer.page.close();
  });

  it('runs no code of others even where the sanitiser let it through', async ({ task }) => {
    const viewer = await openViewer();
    const came = await viewer.frame.evaluate<[string, boolean]>(`(async () => {
      const violated = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
          resolve(effectiveDirective));
      });
      const image = '<img src="data:," onerror="window.owned = 1">';
      document.body.insertAdjacentHTML('beforeend', image);
      return [await violated, 'owned' in window];
    })()`);
    noteAttack(task, { expected: 'script-src-attr', seen: String(came[0]) });
    expect(came).toEqual(['script-src-attr', false]);
    await viewer.page.close();
  });

  it.each(['outside', 'console', 'studio'] as const)('cannot take itself to %s', async (place) => {
    const viewer = await openViewer();
    const target = {
      ...{ outside: `${outside.origin}/from-frame`, console: `${domain.consoleUrl}/api/session` },
      studio: `${domain.studioUrl('alice')}/lab`,
    }[place];
    const left = viewer.page.waitForEvent(
      'framenavigated',
      (frame) => frame.parentFrame() !== null,
    );
    await viewer.frame.evaluate(`location.assign(${JSON.stringify(target)})`);
    expect((await left).url()).toMatch(/^chrome-error:/);
    expect(outside.heard).not.toContain('/from-frame');
    await viewer.page.close();
  });

  it('is given no cookie, and has an opaque origin wherever it is opened', async () => {
    const page = await person.newPage();
    const [request] = await Promise.all([
      page.waitForRequest(`${viewerOriginOf(domain)}/`),
      page.goto(viewerOriginOf(domain)),
    ]);
    expect(await request.headerValue('cookie')).toBeNull();
    expect(await page.evaluate('window.origin')).toBe('null');
    const cookies = await person.cookies(viewerOriginOf(domain));
    expect(cookies).toEqual([]);
    expect(await person.cookies(domain.consoleUrl)).not.toEqual([]);
    await page.close();
  });

  it('stands in no page but the console’s', async ({ task }) => {
    const page = await person.newPage();
    outside.serve('/embeds', `<iframe src="${viewerOriginOf(domain)}/"></iframe>`);
    await page.goto(`${outside.origin}/embeds`);
    const urlOfFrame = () => page.frames()[1]?.url() ?? '';
    // The browser tells of the refusal after the page that embeds it has loaded.
    await expect.poll(urlOfFrame).toMatch(/./);
    noteAttack(task, { expected: 'chrome-error:', seen: urlOfFrame() });
    expect(urlOfFrame()).toMatch(/^chrome-error:/);
    await page.close();
  });

  it('stays usable while it renders a giant notebook', async () => {
    const viewer = await openViewer();
    const rows = '<tr><td>1</td><td>2</td></tr>'.repeat(5_000);
    const cells = Array.from({ length: 3_000 }, (_, index) =>
      index % 100 === 0
        ? code('', html(`<table>${rows}</table>`))
        : markdown(`## ${index}\n\ntext`),
    );
    await viewer.say({
      ...{ type: 'render', notebook: JSON.stringify(notebookOf(cells)), language: 'en' },
      ...{ theme: 'light', commentCounts: [], mayComment: false },
    });
    await viewer.hear('painted');
    await viewer.say({ type: 'theme', theme: 'dark' });
    await viewer.frame.locator(':root[data-theme="dark"]').waitFor({ state: 'attached' });
    const heard = await viewer.heard();
    expect(heard.some(({ data }) => data.type === 'rendered')).toBe(false);
    expect((await viewer.hear('rendered')).outline).toHaveLength(2_970);
    await viewer.page.close();
  });

  it('leaves the page of the console usable where an output never ends', async () => {
    const viewer = await openViewer();
    await viewer.render(notebookOf([code('', html('<script>for (;;);</script>'))]));
    const isUsable = await viewer.page.evaluate(
      'new Promise((resolve) => setTimeout(() => resolve(true)))',
    );
    expect(isUsable).toBe(true);
    await viewer.page.close();
  });
});
