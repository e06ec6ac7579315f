import type { Parser } from '@lezer/common';

type Load = () => Promise<Parser>;

/** A mode of CodeMirror 5 as a parser. */
const legacy =
  (name: keyof typeof import('./legacy-modes.ts').legacyModes): Load =>
  async () => {
    const { legacyModes, asParser } = await import('./legacy-modes.ts');
    return asParser(legacyModes[name]);
  };
const javascript =
  (dialect: string): Load =>
  async () =>
    (await import('@lezer/javascript')).parser.configure({ dialect });

const loaders: Readonly<Record<string, Load>> = {
  javascript: javascript('jsx'),
  typescript: javascript('ts jsx'),
  json: async () => (await import('@lezer/json')).parser,
  html: async () => (await import('@lezer/html')).parser,
  css: async () => (await import('@lezer/css')).parser,
  java: async () => (await import('@lezer/java')).parser,
  'c++': async () => (await import('@lezer/cpp')).parser,
  rust: async () => (await import('@lezer/rust')).parser,
  php: async () => (await import('@lezer/php')).parser,
  xml: async () => (await import('@lezer/xml')).parser,
  markdown: async () => (await import('@lezer/markdown')).parser,
  sql: legacy('sql'),
  r: legacy('r'),
  julia: legacy('julia'),
  bash: legacy('shell'),
  scala: legacy('scala'),
  kotlin: legacy('kotlin'),
  'c#': legacy('csharp'),
  ruby: legacy('ruby'),
  go: legacy('go'),
  lua: legacy('lua'),
  haskell: legacy('haskell'),
  octave: legacy('octave'),
  perl: legacy('perl'),
  yaml: legacy('yaml'),
  toml: legacy('toml'),
  diff: legacy('diff'),
  powershell: legacy('powershell'),
};

/** What notebooks and fences of markdown call them besides. */
const otherNames: Readonly<Record<string, string>> = {
  ...{
    js: 'javascript',
    jsx: 'javascript',
    node: 'javascript',
    ts: 'typescript',
    tsx: 'typescript',
  },
  ...{ cpp: 'c++', 'c++11': 'c++', 'c++14': 'c++', 'c++17': 'c++', c: 'c++', cc: 'c++' },
  ...{ sh: 'bash', shell: 'bash', zsh: 'bash', console: 'bash', md: 'markdown', yml: 'yaml' },
  ...{
    ir: 'r',
    matlab: 'octave',
    csharp: 'c#',
    golang: 'go',
    rb: 'ruby',
    rs: 'rust',
    hs: 'haskell',
  },
  ...{ postgresql: 'sql', mysql: 'sql', sqlite: 'sql', patch: 'diff', pwsh: 'powershell' },
};

/** Undefined where the language is none that we know. */
export async function loadParser(name: string): Promise<Parser | undefined> {
  const known = Object.hasOwn(otherNames, name) ? otherNames[name] : name;
  const load = known !== undefined && Object.hasOwn(loaders, known) ? loaders[known] : undefined;
  return load?.();
}
