import { notYetSupported } from '../not-yet.ts';

export const ssisTool = notYetSupported('ssis');
