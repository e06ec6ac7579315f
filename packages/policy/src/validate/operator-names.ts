const single = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnNotEquals',
  'ArnLike',
  'ArnNotLike',
];

/** Every way to write a condition operator, for suggestions. */
export function operatorNames(): readonly string[] {
  const qualified = ['', 'ForAllValues:', 'ForAnyValue:'].flatMap((qualifier) =>
    single.flatMap((name) => [`${qualifier}${name}`, `${qualifier}${name}IfExists`]),
  );
  return [...qualified, 'Null'];
}
