import type { CounterExample, DecidingStatement, Finding } from '../questions/question.ts';
import { inLanguage, type Language, type Text } from '../text.ts';
import type { Answer } from '../verify.ts';
import { distinctFindings } from './distinct-findings.ts';
import { code, escapeHtml } from './html-text.ts';
import { placeText } from './place-text.ts';
import { countWords, verdictWords, words } from './words.ts';

type Say = (text: Text) => string;

/** A page that nobody reads to its end helps nobody. */
const mostShown = 20;

/** What is broken first, then what is unknown, each with all that it takes to mend it. */
export function attentionSection(answers: readonly Answer[], language: Language): string {
  const say: Say = (text) => escapeHtml(inLanguage(text, language));
  const wrong = [
    ...answers.filter(({ verdict, accepted }) => verdict === 'broken' && !accepted),
    ...answers.filter(({ verdict }) => verdict === 'unknown'),
  ];
  const body =
    wrong.length === 0
      ? `<p>${say(words.nothingWrong)}</p>`
      : wrong.map((answer) => article(answer, say)).join('\n');
  return `<h2>${say(words.attention)}</h2>\n${body}`;
}

function article({ question, verdict, findings }: Answer, say: Say): string {
  const wrong = distinctFindings(findings).filter((finding) => finding.verdict !== 'holds');
  const more = wrong.length - mostShown;
  return `<article id="${escapeHtml(question.id)}">
<header><span class="badge ${verdict}">${say(verdictWords[verdict])}</span><h3>${say(question.title)}</h3></header>
<p class="quiet">${say(words.why)}: ${say(question.why)}</p>
<p class="quiet">${say(words.reference)}: ${escapeHtml(question.reference)}</p>
${wrong
  .slice(0, mostShown)
  .map((finding) => findingBlock(finding, say))
  .join('\n')}
${more > 0 ? `<p class="quiet">${say(countWords.more(more))}</p>` : ''}
</article>`;
}

function findingBlock(finding: Finding, say: Say): string {
  const { place, says, statements, counterExample, verdict } = finding;
  return `<div class="finding">
<p>${code(placeText(place))}</p>
<p class="${verdict}">${says === undefined ? '' : say(says)}</p>
${statements.length === 0 ? '' : statementList(statements, say)}
${counterExample === undefined ? '' : exampleList(counterExample, say)}
</div>`;
}

function statementList(statements: readonly DecidingStatement[], say: Say): string {
  const items = statements.map(
    ({ effect, statement, place }) =>
      `<li>${effect} ${code(statement)} <span class="quiet">${code(placeText(place))}</span></li>`,
  );
  return `<p class="quiet">${say(words.statements)}</p><ul>${items.join('')}</ul>`;
}

function exampleList(example: CounterExample, say: Say): string {
  const rows = [
    [say(words.principal), code(example.principal)],
    [say(words.action), code(example.action)],
    [say(words.resource), code(example.resource)],
    ...Object.entries(example.context).map(([key, value]) => [code(key), code(value)]),
    [say(words.decision), `<b>${say(words[example.effect])}</b>`],
  ];
  const items = rows.map(([term, value]) => `<dt>${term}</dt><dd>${value}</dd>`);
  return `<p class="quiet">${say(words.counterExample)}</p><dl class="facts">${items.join('')}</dl>`;
}
