import type { DocumentId } from '../../shared/model/artifacts.ts';
import { dataQualityReport } from './data-quality-report/document.ts';
import { deploymentInstructions } from './deployment-instructions/document.ts';
import type { DocumentWriter } from './document-writer.ts';
import { mappingSpecification } from './mapping-specification/document.ts';
import { migrationOverview } from './migration-overview/document.ts';
import { rollbackProcedures } from './rollback-procedures/document.ts';
import { sourceSchemaAnalysis } from './source-schema-analysis/document.ts';
import { technicalReference } from './technical-reference/document.ts';
import { transformationGuide } from './transformation-guide/document.ts';
import { troubleshootingGuide } from './troubleshooting-guide/document.ts';
import { validationChecklist } from './validation-checklist/document.ts';

/** One folder and one line a document; a missing one does not compile. */
export const documentWriters = {
  'migration-overview': migrationOverview,
  'source-schema-analysis': sourceSchemaAnalysis,
  'mapping-specification': mappingSpecification,
  'transformation-guide': transformationGuide,
  'data-quality-report': dataQualityReport,
  'validation-checklist': validationChecklist,
  'deployment-instructions': deploymentInstructions,
  'rollback-procedures': rollbackProcedures,
  'troubleshooting-guide': troubleshootingGuide,
  'technical-reference': technicalReference,
} satisfies Record<DocumentId, DocumentWriter>;
