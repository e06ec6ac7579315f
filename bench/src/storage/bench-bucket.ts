/** One that a first start makes, with the policies and the key that it gives to each. */
export const bucket = 'research-risk-models';

/** The bucket's policy demands it. */
export const writeHeaders = { 'x-amz-server-side-encryption': 'aws:kms' };
