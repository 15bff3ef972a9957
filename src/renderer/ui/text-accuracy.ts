/** Every sentence of the accuracy view. */
import { formatCount, formatPlural } from './format.ts';

export const accuracyText = {
  title: 'Accuracy',
  empty: 'No mappings yet',
  emptyMore: 'Run the project first. What is decided in review is held here against the confidence of the proposals.',
  reliability: 'Confidence against decisions',
  reliabilityMore:
    'A proposal counts as right where its target was kept. On the diagonal, mappings shown with .70 are right seven times in ten.',
  noDecisions: 'Nothing was decided in this project yet; the diagram fills with each decision.',
  decided: (right: number, decided: number) =>
    `${formatCount(right)} of ${formatPlural(decided, 'decided proposal')} were right`,
  error: (error: string) => `mean gap ${error}`,
  chart: (decided: number) =>
    `Share of proposals that were right by confidence, over ${formatPlural(decided, 'decision')}. The table beside it has the same figures.`,
  confidence: 'Confidence',
  count: 'Decided',
  right: 'Right',
  mean: 'Mean',
  shareRight: 'Share right',
  standing: 'How the mappings stand',
  status: 'Status',
  mappings: 'Mappings',
  share: 'Share',
  outcomes: 'What became of the proposals',
  proposed: 'Proposed',
  kept: 'Kept',
  changed: 'Changed',
  rejected: 'Rejected',
  shipped: 'Shipped calibration',
  shippedMore: (embeddings: boolean) =>
    `Fitted on public benchmarks ${embeddings ? 'with MiniLM' : 'without MiniLM'}: how often the first candidate with such a score was right. Confidence is the figure on the right.`,
  score: 'Score before',
  is: 'Confidence',
} as const;
