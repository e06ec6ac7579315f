import { defaultDomainFile, readDomain } from '@strongroom/domain';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addPersonToText, removePersonFromText } from './edit-people.ts';

const carol = {
  profileName: 'carol' as never,
  displayName: 'Carol',
  role: 'data-scientist',
  team: 'platform',
} as const;

const namesIn = (text: string) =>
  parse(text).people.map(({ profileName }: { profileName: string }) => profileName);

function lines(text: string): string[] {
  return text.split('\n');
}

describe('adding a person to the text of a domain file', () => {
  it('adds their lines and changes no other byte', () => {
    const edited = addPersonToText(defaultDomainFile, carol);
    const added = [
      '  - profileName: carol',
      '    displayName: Carol',
      '    role: data-scientist',
      '    team: platform',
    ];
    expect(edited.replace(`${added.join('\n')}\n`, '')).toBe(defaultDomainFile);
    expect(namesIn(edited)).toEqual(['admin', 'alice', 'bob', 'carol']);
  });

  it.each([
    ['a flow map a person', 'people:\n  - { profileName: bob, team: x } # keep\n\nnext: 1\n'],
    ['lines of Windows', 'people:\r\n  - profileName: bob\r\n    team: x # keep\r\nnext: 1\r\n'],
    ['no indentation', 'people:\n- profileName: bob\n  team: x # keep\nnext: 1\n'],
    ['the end of the file', '# keep\npeople:\n  - profileName: bob\n    team: x'],
    ['one line for all', 'people: [{ profileName: bob, team: x }] # keep\nnext: 1\n'],
    ['a comment after it', 'people:\n  - profileName: bob\n    team: x\n  # keep\n\nnext: 1\n'],
  ])('works with %s', (_, text) => {
    const edited = addPersonToText(text, carol);
    expect(namesIn(edited)).toEqual(['bob', 'carol']);
    expect(edited).toContain('# keep');
    expect(parse(removePersonFromText(edited, 'carol'))).toEqual(parse(text));
  });

  it.each([
    'yes',
    '- x',
    'a: b',
    '# x',
    '"',
    "'",
    '{',
    '*a',
    '  spaces  ',
    'null',
    '1e3',
    '\u{1F600}',
    '한국',
  ])('keeps the display name %j', (displayName) => {
    for (const text of [defaultDomainFile, 'people:\n  - { profileName: bob }\n']) {
      const edited = parse(addPersonToText(text, { ...carol, displayName }));
      expect(edited.people.at(-1).displayName).toBe(displayName);
    }
  });
});

describe('removing a person from the text of a domain file', () => {
  it('takes their lines and no other byte', () => {
    const edited = removePersonFromText(defaultDomainFile, 'alice');
    expect(namesIn(edited)).toEqual(['admin', 'bob']);
    const gone = lines(defaultDomainFile).filter((line) => line.includes('lice'));
    expect(gone).toEqual(['  - profileName: alice', '    displayName: Alice']);
    const rest = new Set(lines(edited));
    const missing = lines(defaultDomainFile).filter((line) => !rest.has(line));
    expect(missing).toEqual(gone);
  });

  it('takes their budget too, since a file with a budget of nobody is refused', () => {
    const budgets = 'budgets:\n  people:\n    - { profileName: alice, monthlyAmount: 5 }\n';
    const more = '    - { profileName: bob, monthlyAmount: 7 } # keep\n';
    const edited = removePersonFromText(`${defaultDomainFile}${budgets}${more}`, 'alice');
    expect(edited.endsWith(`budgets:\n  people:\n${more}`)).toBe(true);
    const last = removePersonFromText(edited, 'bob');
    const { domain } = readDomain(last, '/srv/strongroom.yaml', 'strongroom.yaml');
    expect(domain.budgets.people).toEqual([]);
  });

  it.each([
    ['the only one', '[alice]', '[]'],
    ['the first', '[alice, bob] # keep', '[bob] # keep'],
    ['the last', '[ bob, alice ]', '[ bob ]'],
    ['one between', '[admin, alice, bob]', '[admin, bob]'],
    ['one on its line', '\n    - alice # left\n    - bob # keep', '\n    - bob # keep'],
  ])('takes them off the list of those without internet: %s', (_, before, after) => {
    const heldOff = (list: string) =>
      defaultDomainFile.replace('alwaysOff: []', `alwaysOff: ${list}`);
    const edited = removePersonFromText(heldOff(before), 'alice');
    expect(edited).toBe(removePersonFromText(heldOff(after), 'alice'));
    expect(edited).toContain(`alwaysOff: ${after}\n`);
    const { domain } = readDomain(edited, '/srv/strongroom.yaml', 'strongroom.yaml');
    expect(domain.egress.alwaysOff).not.toContain('alice');
  });

  it('leaves a file that can be read where the last line of that list goes', () => {
    const list = 'alwaysOff:\n    - alice';
    const text = defaultDomainFile.replace('alwaysOff: []', list);
    const edited = removePersonFromText(text, 'alice');
    const { domain } = readDomain(edited, '/srv/strongroom.yaml', 'strongroom.yaml');
    expect(domain.egress.alwaysOff).toEqual([]);
  });

  it('does nothing for a name that is not there', () => {
    expect(removePersonFromText(defaultDomainFile, 'nobody')).toBe(defaultDomainFile);
  });
});
