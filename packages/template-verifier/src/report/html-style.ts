/** Light and dark by what the reader's system asks for; on paper always light. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #f7f8fa; --card: #ffffff; --text: #16191f; --quiet: #545b64; --line: #d5dbdb;
  --holds: #1d7a3c; --broken: #c0271b; --unknown: #8a5a00; --none: #687078;
  --holds-soft: #e7f4ea; --broken-soft: #fdecea; --unknown-soft: #fdf3dc; --none-soft: #eef0f2;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0f141a; --card: #192028; --text: #e9ebed; --quiet: #aab7b8; --line: #36414d;
    --holds: #6bcb87; --broken: #ff8a80; --unknown: #f2c464; --none: #9ba7b2;
    --holds-soft: #17331f; --broken-soft: #3d1d1b; --unknown-soft: #362b12; --none-soft: #242d37;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 15px/1.55 system-ui, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere;
}
main { max-width: 68rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; }
h3 { font-size: 1.02rem; margin: 0; }
h3.group { margin: 1.75rem 0 .6rem; }
p { margin: .4rem 0; }
code { font: .87em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.counts li { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .7rem 1rem; }
.counts b { display: block; font-size: 1.7rem; line-height: 1.2; }
.facts { display: grid; grid-template-columns: fit-content(45%) minmax(0, 1fr); overflow-wrap: anywhere; gap: .15rem 1rem; margin: 1rem 0; }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; }
.badge { display: inline-block; border-radius: 999px; padding: .05rem .65rem; font-size: .85rem; font-weight: 600; white-space: nowrap; }
.holds { color: var(--holds); } .badge.holds { background: var(--holds-soft); }
.broken { color: var(--broken); } .badge.broken { background: var(--broken-soft); }
.unknown { color: var(--unknown); } .badge.unknown { background: var(--unknown-soft); }
.not-applicable { color: var(--none); } .badge.not-applicable { background: var(--none-soft); }
article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; margin: 0 0 1rem; break-inside: avoid; }
article header { display: flex; gap: .75rem; align-items: baseline; }
article header .badge { flex: none; }
.finding { border-top: 1px solid var(--line); margin-top: .8rem; padding-top: .8rem; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .5rem .9rem; border-bottom: 1px solid var(--line); }
tr:last-child td { border-bottom: 0; }
thead th { color: var(--quiet); font-size: .85rem; font-weight: 600; }
td.answer { white-space: nowrap; width: 9rem; }
td .quiet { font-size: .87rem; }
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --card: #fff; --text: #000; --quiet: #444; --line: #bbb;
    --holds: #1d7a3c; --broken: #c0271b; --unknown: #8a5a00; --none: #555;
    --holds-soft: #fff; --broken-soft: #fff; --unknown-soft: #fff; --none-soft: #fff;
  }
  main { max-width: none; padding: 0; }
  .badge { border: 1px solid currentColor; }
  .scroll { overflow: visible; }
  tr { break-inside: avoid; }
  thead { display: table-header-group; }
}
`;
