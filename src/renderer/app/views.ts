import {
  IconArrowsExchange,
  IconBooks,
  IconChartDots,
  IconDownload,
  IconHistory,
  IconPackageExport,
  IconPlayerPlay,
  IconTable,
  IconTransform,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { ViewId } from '../commands/navigation.ts';
import { AccuracyView } from '../features/accuracy/AccuracyView.tsx';
import { HistoryView } from '../features/history/HistoryView.tsx';
import { ImportView } from '../features/import/ImportView.tsx';
import { JobsView } from '../features/jobs/JobsView.tsx';
import { OutputView } from '../features/output/OutputView.tsx';
import { PacksView } from '../features/packs/PacksView.tsx';
import { ReviewView } from '../features/review/ReviewView.tsx';
import { RunView } from '../features/run/RunView.tsx';
import { SchemasView } from '../features/schemas/SchemasView.tsx';
import { text } from '../ui/text.ts';

export interface ViewEntry {
  readonly title: string;
  readonly icon: Icon;
  readonly View: ComponentType;
}

/** One line a view: its name, its sign on the rail and what it shows. */
export const views: Readonly<Record<ViewId, ViewEntry>> = {
  import: { title: text.views.import, icon: IconDownload, View: ImportView },
  run: { title: text.views.run, icon: IconPlayerPlay, View: RunView },
  schemas: { title: text.views.schemas, icon: IconTable, View: SchemasView },
  review: { title: text.views.review, icon: IconArrowsExchange, View: ReviewView },
  jobs: { title: text.views.jobs, icon: IconTransform, View: JobsView },
  output: { title: text.views.output, icon: IconPackageExport, View: OutputView },
  history: { title: text.views.history, icon: IconHistory, View: HistoryView },
  accuracy: { title: text.views.accuracy, icon: IconChartDots, View: AccuracyView },
  packs: { title: text.views.packs, icon: IconBooks, View: PacksView },
};
