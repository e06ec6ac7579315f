/** CloudFormation's functions, written shortly. */
export const ref = (name: string) => ({ Ref: name });
export const getAtt = (logicalId: string, attribute = 'Arn') => ({
  'Fn::GetAtt': [logicalId, attribute],
});
export const sub = (text: string) => ({ 'Fn::Sub': text });
export const join = (...parts: readonly unknown[]) => ({ 'Fn::Join': ['', parts] });
export const document = (...statements: readonly object[]) => ({
  Version: '2012-10-17',
  Statement: statements,
});
