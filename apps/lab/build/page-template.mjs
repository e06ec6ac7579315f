// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The page that the gateway fills in: `__LANGUAGE__` becomes the language tag and
 * `__PAGE_CONFIG__` the page's configuration as JSON (with `<` escaped as `\u003c`).
 *
 * @param {object} options
 * @param {string} options.applicationFolder
 * @param {string} options.studioFolder
 * @param {string} options.publicPath
 * @param {readonly string[]} options.initialFiles
 */
export async function renderPageTemplate(options) {
  const { applicationFolder, studioFolder, publicPath, initialFiles } = options;
  const template = await readFile(join(applicationFolder, 'src/index.html.template'), 'utf8');
  const splashStyle = await readFile(join(applicationFolder, 'src/splash.css'), 'utf8');
  const logo = await readFile(join(studioFolder, 'style/icons/strongroom.svg'), 'utf8');
  const stylesheets = initialFiles.filter((file) => file.endsWith('.css'));
  const scripts = initialFiles.filter((file) => file.endsWith('.js'));
  return fill(template, {
    __LOGO__: logo.trim(),
    __SPLASH_STYLE__: splashStyle
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .trim(),
    __FAVICON__: `${publicPath}strongroom-favicon.svg`,
    __BUSY_FAVICON__: `${publicPath}strongroom-favicon-busy.svg`,
    __STYLESHEETS__: stylesheets
      .map((file) => `<link rel="stylesheet" href="${publicPath}${file}">`)
      .join('\n    '),
    __SCRIPTS__: scripts
      .map((file) => `<script defer src="${publicPath}${file}"></script>`)
      .join('\n    '),
  });
}

/**
 * @param {string} template
 * @param {Readonly<Record<string, string>>} values
 */
function fill(template, values) {
  return Object.entries(values).reduce((text, [name, value]) => {
    if (text.split(name).length !== 2) throw new Error(`Cannot fill in the page: ${name}`);
    return text.replace(name, () => value);
  }, template);
}
