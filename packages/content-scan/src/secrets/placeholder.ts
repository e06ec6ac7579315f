const wholeWords =
  /^(?:(?:my|your|the|new|old|some|user)?[-_ ]?(?:user)?(?:pass(?:word|wd|phrase)?|pw|pwd|secret|token|(?:api|access)?[-_ ]?key)|change[-_ ]?me|change[-_ ]?this|replace[-_ ]?me|example|dummy|null|none|true|false|undefined|todo|redacted|hidden|비밀번호|암호)\d{0,3}$/i;
const templates = /\$\{|\{\{|^\$|^\{.*\}$|^<.*>$|^%[\w.]+%$|^\(.*\)$|^\[.*\]$|^%\(|^%s$|\.\.\./;
const announcements = /^(?:your|replace|insert|enter|put|my)[-_ ]/i;

/** What stands where a secret would: a variable, a word that says what belongs there, stars. */
export function isPlaceholder(value: string): boolean {
  if (value.length > 200) return false;
  return (
    wholeWords.test(value) ||
    templates.test(value) ||
    announcements.test(value) ||
    /^(.)\1*$/u.test(value)
  );
}
