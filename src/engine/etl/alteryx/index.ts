import { notYetSupported } from '../not-yet.ts';

export const alteryxTool = notYetSupported('alteryx');
