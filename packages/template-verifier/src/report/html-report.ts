import type { Verdict } from '../questions/question.ts';
import { inLanguage, type Language, type Text } from '../text.ts';
import { answersTable } from './html-answers.ts';
import { attentionSection } from './html-attention.ts';
import { style } from './html-style.ts';
import { code, escapeHtml } from './html-text.ts';
import type { ReportInput, ToolFinding } from './report.ts';
import { verdictWords, words } from './words.ts';

const order: readonly Verdict[] = ['holds', 'broken', 'unknown', 'not-applicable'];

/** One page for a person who signs: nothing is loaded from anywhere, and it prints. */
export function htmlReport(input: ReportInput, language: Language): string {
  const say = (text: Text) => escapeHtml(inLanguage(text, language));
  const { verification, subject, toolFindings } = input;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Strongroom: ${say(words.title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${say(words.title)}</h1>
<p class="quiet">${say(words.notDeployed)}</p>
<ul class="counts">
${order.map((verdict) => countItem(verdict, verification.counts[verdict], say)).join('\n')}
<li><b class="unknown">${verification.acceptedCount}</b>${say(words.accepted)}</li>
</ul>
<dl class="facts">
<dt>${say(words.subject)}</dt><dd>${code(subject)}</dd>
<dt>${say(words.resources)}</dt><dd>${verification.resourceCount}</dd>
<dt>${say(words.stacks)}</dt><dd>${verification.stacks.map(code).join(', ')}</dd>
<dt>${say(words.account)}</dt><dd>${code(`${verification.surroundings.accountId} ${verification.surroundings.region}`)}</dd>
</dl>
${attentionSection(verification.answers, language)}
${answersTable(verification.answers, language)}
${toolsSection(toolFindings, say)}
</main>
</body>
</html>
`;
}

function countItem(verdict: Verdict, count: number, say: (text: Text) => string): string {
  return `<li><b class="${verdict}">${count}</b>${say(verdictWords[verdict])}</li>`;
}

function toolsSection(findings: readonly ToolFinding[], say: (text: Text) => string): string {
  if (findings.length === 0) return '';
  const rows = findings.map(
    ({ tool, rule, place, message }) =>
      `<tr><td>${escapeHtml(tool)}</td><td>${code(rule)}</td><td>${code(place)}</td><td>${escapeHtml(message)}</td></tr>`,
  );
  return `<h2>${say(words.others)}</h2>
<p class="quiet">${say(words.othersNote)}</p>
<div class="scroll"><table>
<thead><tr><th>${say(words.tool)}</th><th>${say(words.rule)}</th><th>${say(words.place)}</th><th>${say(words.message)}</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></div>`;
}
