import { expect, it } from 'vitest';
import { usualStandard } from './usual-standard.ts';

const use = new Map([
  ['ajcc', 1],
  ['ensat', -1],
  ['uicc', 0.2],
]);

it('prefers the usual standard where the source names none', () => {
  expect(usualStandard(['tumor', 'stage'], ['ajcc', 'pathologic', 'stage'], use)).toBe(1);
  expect(usualStandard(['tumor', 'stage'], ['ensat', 'pathologic', 'stage'], use)).toBe(-1);
  expect(usualStandard(['tumor', 'stage'], ['tumor', 'stage'], use)).toBe(0);
});

it('says nothing of a standard that the source names itself', () => {
  expect(usualStandard(['ensat', 'stage'], ['ensat', 'pathologic', 'stage'], use)).toBe(0);
});

it('takes the strongest word where a name has several', () => {
  expect(usualStandard([], ['uicc', 'ensat'], use)).toBe(-1);
});
