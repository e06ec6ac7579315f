import type { Plugin } from 'vite';

/**
 * What every page needs is fetched as soon as the document is read, and not only once the script that
 * asks for it has come.
 */
export function preloadMain(): Plugin {
  return {
    name: 'preload-main',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
        const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
        const main = chunks.find(({ moduleIds }) =>
          moduleIds.some((id) => id.endsWith('/src/main.tsx')),
        );
        if (main === undefined) throw new Error('Cannot find what "src/main.tsx" was built to');
        const needed = [main, ...main.imports.flatMap((name) => byName.get(name) ?? [])];
        const stylesheets = needed.flatMap(({ viteMetadata }) => [
          ...(viteMetadata?.importedCss ?? []),
        ]);
        const tags = [
          ...needed.map(({ fileName }) => ({
            tag: 'link',
            injectTo: 'head' as const,
            attrs: { rel: 'modulepreload', crossorigin: true, href: `/${fileName}` },
          })),
          ...stylesheets.map((fileName) => ({
            tag: 'link',
            injectTo: 'head' as const,
            attrs: { rel: 'stylesheet', crossorigin: true, href: `/${fileName}` },
          })),
        ];
        return { html: withStartFirst(html), tags };
      },
    },
  };
}

/** A module that is not `async` waits for the document and for every stylesheet before it (HTML, 4.12.1). */
function withStartFirst(html: string): string {
  const script = /[ \t]*<script type="module" ([^>]*)><\/script>\n/;
  const [found, attributes] = script.exec(html) ?? [];
  if (found === undefined) throw new Error('Cannot find the script that the console starts with');
  const first = `<head>\n    <script type="module" async ${attributes}></script>`;
  return html.replace(found, '').replace('<head>', first);
}
