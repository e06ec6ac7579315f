import type { QuestionGroup } from '../questions/question.ts';
import { inLanguage, type Language, type Text } from '../text.ts';
import type { Answer } from '../verify.ts';
import { distinctFindings } from './distinct-findings.ts';
import { code, escapeHtml } from './html-text.ts';
import { countWords, groupWords, verdictWords, words } from './words.ts';

type Say = (text: Text) => string;

/** A statement that refuses for everybody is enough to see why; the JSON has them all. */
const statementsShown = 2;

export function answersTable(answers: readonly Answer[], language: Language): string {
  const say: Say = (text) => escapeHtml(inLanguage(text, language));
  const groups = [...new Set(answers.map(({ question }) => question.group))];
  return `<h2>${say(words.allQuestions)}</h2>
${groups.map((group) => groupTable(group, answers, say)).join('\n')}`;
}

function groupTable(group: QuestionGroup, answers: readonly Answer[], say: Say): string {
  const own = answers.filter(({ question }) => question.group === group);
  return `<h3 class="group">${say(groupWords[group])}</h3>
<div class="scroll"><table>
<thead><tr><th>${say(words.verdict)}</th><th>${say(words.question)}</th></tr></thead>
<tbody>
${own.map((answer) => row(answer, say)).join('\n')}
</tbody></table></div>`;
}

function row({ question, verdict, findings, accepted }: Answer, say: Say): string {
  const needsAttention = (verdict === 'broken' && !accepted) || verdict === 'unknown';
  const badge = accepted
    ? `<span class="badge unknown">${say(words.accepted)}</span>`
    : `<span class="badge ${verdict}">${say(verdictWords[verdict])}</span>`;
  const reason = accepted
    ? `<div class="quiet">${say(words.acceptedBecause)}: ${say(accepted)}</div>`
    : '';
  const title = needsAttention
    ? `<a class="${verdict}" href="#${escapeHtml(question.id)}">${say(question.title)}</a>`
    : say(question.title);
  const places = distinctFindings(findings).length;
  const seen = places === 0 ? '' : `<div class="quiet">${say(countWords.places(places))}</div>`;
  return `<tr><td class="answer">${badge}</td><td>${title} ${code(question.id)}${seen}${reason}${decided(verdict === 'holds' ? findings : [], say)}</td></tr>`;
}

function decided(findings: Answer['findings'], say: Say): string {
  const statements = new Set(
    findings.flatMap((finding) =>
      finding.statements.map(
        ({ effect, statement, place }) => `${effect} ${code(statement)} (${code(place.logicalId)})`,
      ),
    ),
  );
  if (statements.size === 0) return '';
  const shown = [...statements].slice(0, statementsShown).join(', ');
  const more = statements.size > statementsShown ? ` +${statements.size - statementsShown}` : '';
  return `<div class="quiet">${say(words.statements)}: ${shown}${more}</div>`;
}
