import { AssistiveMmlHandler } from 'mathjax-full/js/a11y/assistive-mml.js';
import { browserAdaptor } from 'mathjax-full/js/adaptors/browserAdaptor.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import { AllPackages } from 'mathjax-full/js/input/tex/AllPackages.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import { mathjax } from 'mathjax-full/js/mathjax.js';
import { CHTML } from 'mathjax-full/js/output/chtml.js';
import { SafeHandler } from 'mathjax-full/js/ui/safe/SafeHandler.js';

/** Written by the build: where the fonts lie. */
declare const MATHJAX_FONTS: string;
/** Links and ids of an author's choice, and what would fetch further packages. */
const refusedPackages = new Set(['html', 'require', 'autoload']);

const handler = SafeHandler(RegisterHTMLHandler(browserAdaptor()));
AssistiveMmlHandler(handler);
const output = new CHTML({
  fontURL: `${new URL(document.URL).origin}${MATHJAX_FONTS}`,
  // All rules at once: each formula would write a new stylesheet otherwise.
  adaptiveCSS: false,
});
const math = mathjax.document(document, {
  InputJax: new TeX({
    packages: AllPackages.filter((name) => !refusedPackages.has(name)),
    // A formula that defines itself without end is refused.
    maxMacros: 1_000,
    maxBuffer: 5 * 1024,
    formatError: (_: unknown, error: Error) => {
      throw error;
    },
  }),
  OutputJax: output,
});
math.updateDocument();

/** A formula without its delimiters. @throws where it is not TeX */
export function convertFormula(formula: string, display: boolean): Node {
  return math.convert(formula, { display }) as Node;
}
