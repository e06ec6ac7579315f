import { createHash } from 'node:crypto';
import type { Language } from '@strongroom/contracts';
import { escapeHtml } from './escape-html.ts';
import { noticeLabels, noticeText } from './notice-text.ts';
import type { Refusal } from './refusal.ts';

const style = `
  :root { color-scheme: light dark; --ink: #1f2a2d; --quiet: #5b6a6e; --paper: #fff; --ground: #f2f5f5; --brand: #0f5c6b; --line: #d8e0e1; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e3e8e9; --quiet: #9fb0b4; --paper: #171d1f; --ground: #0e1213; --brand: #58b6c8; --line: #2b3538; } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink); font: 16px/1.6 system-ui, -apple-system, "Segoe UI", "Noto Sans KR", sans-serif; }
  main { box-sizing: border-box; width: min(34rem, calc(100vw - 2rem)); padding: 2.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 12px; }
  svg { width: 40px; height: 40px; }
  h1 { margin: 1.25rem 0 0.5rem; font-size: 1.35rem; line-height: 1.35; }
  p { margin: 0 0 1.5rem; }
  a { display: inline-block; padding: 0.5rem 1.25rem; border: 2px solid var(--brand); border-radius: 8px; color: var(--brand); font-weight: 600; text-decoration: none; }
  a:hover, a:focus-visible { background: var(--brand); color: var(--paper); }
  small { display: block; margin-top: 1.75rem; color: var(--quiet); overflow-wrap: anywhere; }
  small + small { margin-top: 0.25rem; }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** No script, nothing loaded, nobody may frame it. */
export const noticePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const logo =
  '<svg viewBox="0 0 32 32" role="img" aria-label="Strongroom"><rect x="1" y="1" width="30" height="30" rx="7" fill="#0f5c6b"/><path d="M1 10h3v3H1zm0 9h3v3H1z" fill="#e9b949"/><circle cx="17" cy="16" r="10" fill="none" stroke="#fff" stroke-width="2"/><circle cx="17" cy="16" r="3" fill="#e9b949"/></svg>';

/** A whole small page: what happened and the way on. */
export function noticePage(refusal: Refusal, language: Language, consoleUrl: string): string {
  const { title, paragraph } = noticeText(refusal.body.error.code, language);
  const labels = noticeLabels[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)} – Strongroom</title>
    <style>${style}</style>
  </head>
  <body>
    <main>
      ${logo}
      <h1>${escapeHtml(title)}</h1>
      <p>${escapeHtml(paragraph)}</p>
      ${explanation(refusal, language)}
      <a href="${escapeHtml(consoleUrl)}">${escapeHtml(labels.toConsole)}</a>
      ${rule(refusal, labels.rule)}
      <small>${escapeHtml(labels.reference)}: ${escapeHtml(refusal.body.error.reference)}</small>
    </main>
  </body>
</html>
`;
}

/** Why a policy refused, in its own sentence. */
function explanation({ body }: Refusal, language: Language): string {
  const { sentence, koreanSentence } = body.error.values ?? {};
  const said = language === 'ko' ? koreanSentence : sentence;
  return said === undefined ? '' : `<p>${escapeHtml(String(said))}</p>`;
}

function rule({ body }: Refusal, label: string): string {
  const name = body.error.values?.rule;
  if (name === undefined) return '';
  return `<small>${escapeHtml(label)}: ${escapeHtml(String(name))}</small>`;
}
