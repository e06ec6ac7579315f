import { describe, expect, it } from 'vitest';
import { findJsonFault } from './json-position.ts';

describe('finding where a text stops being JSON', () => {
  it.each([
    ['', 1, 1],
    ['{"a": 1,}', 1, 9],
    ['{\n "cells": [\n  {"a" 1}\n ]\n}', 3, 8],
    ['[1, 2', 1, 6],
    ['{"a": NaN}', 1, 7],
    ['["line\nbreak"]', 1, 7],
    ['["bad \\x escape"]', 1, 7],
    ['{"a": 01}', 1, 8],
    ['{} trailing', 1, 4],
    ['<<<<<<< HEAD\n{}', 1, 1],
    ["{'a': 1}", 1, 2],
  ])('points into %j', (text, line, column) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(findJsonFault(text)).toMatchObject({ line, column });
  });

  it.each([
    '{}',
    ' [] ',
    '[[],{}]',
    '{"a":[1,-2.5e+3,true,null,"\\u00e9\\n"],"":{"b":{}}}',
    '"x"',
    '\u00857',
  ])('agrees with JSON.parse about %j', (text) => {
    let isJson = true;
    try {
      JSON.parse(text);
    } catch {
      isJson = false;
    }
    expect(findJsonFault(text) === undefined).toBe(isJson);
  });

  it('survives nesting and strings that would overflow a recursive scanner', () => {
    const deep = '['.repeat(200_000);
    expect(findJsonFault(deep)).toMatchObject({ line: 1, column: 200_001 });
    expect(findJsonFault(`["${'x'.repeat(20_000_000)}"`)).toMatchObject({ column: 20_000_004 });
  });
});
