import { describe, expect, it } from 'vitest';
import { alteryxXml, convertAlteryx, table } from '../../../../test/support/alteryx-xml.ts';

/** The plugins of the standard palette by the namespace that the file names them in. */
const plugins: Readonly<Record<string, string>> = {
  AlteryxBasePluginsGui:
    'AlteryxSelect AppendFields Arrange AutoField BasicDataProfile BlobConvert BlobInput BlobOutput BlockUntilDone BrowseV2 Charting CrossTab DateTime DbFileInput DbFileOutput Detour DetourEnd Directory DynamicInput DynamicOutput DynamicRename DynamicReplace DynamicSelect FieldInfo Filter FindReplace Formula FuzzyMatch GenerateRows Join JoinMultiple JSONBuild JSONParse MacroInput MacroOutput MakeColumns MakeGroup Message MultiFieldFormula MultiRowFormula RecordID RegEx RunCommand RunningTotal Sample Sort Summarize Test TextInput TextToColumns Throttle Tile Transpose Union Unique XMLParse',
  AlteryxSpatialPluginsGui:
    'Buffer CreatePoints Distance FindNearest Generalize HeatMap MakeGrid MapInput PolyBuild PolySplit ReportMap Smooth SpatialInfo SpatialMatch SpatialProcess TradeArea Summarize',
  AlteryxConnectorGui:
    'Download MongoInput MongoOutput SalesforceInput SalesforceOutput AmazonS3Download AmazonS3Upload GoogleAnalytics SharepointInput SharepointOutput',
  PortfolioPluginsGui:
    'PortfolioComposerText PortfolioComposerTable PortfolioComposerLayout PortfolioComposerImage PortfolioComposerRender PortfolioComposerMap Overlay Email',
  LockInGui:
    'LockInBrowse LockInDynamicInput LockInDynamicOutput LockInFilter LockInFormula LockInInput LockInJoin LockInMacroInput LockInMacroOutput LockInOutput LockInSample LockInSelect LockInStreamIn LockInStreamOut LockInSummarize LockInTranspose LockInUnion LockInUnique',
  CalgaryPluginsGui: 'CalgaryInput CalgaryLoader CalgaryJoin CalgaryCrossCount CalgaryCrossCountAppend',
  AlteryxAddressPluginsGui: 'CASS ParseAddress StreetGeocoder USZIP9Coder ParseName',
  AlteryxDriveTimePluginsGui: 'DriveTime DriveDistance',
  AlteryxDemographicPluginsGui: 'AllocateInput AllocateAppend AllocateMetaInfo AllocateReport',
  AlteryxBehaviorPluginsGui:
    'ProfileInput ProfileCompare ProfileClusterCode ProfileDetailFields ProfileRank BehaviorMetaInfo',
  AlteryxRPluginGui: 'R',
  AlteryxOptimizationGui: 'Optimization',
};

/** Tools without a namespace, which are written in HTML. */
const htmlTools =
  'DateTimeNow JupyterCode PlotlyCharting Insights ReportHeader Modeling AutoML Transformation Fit Predict Regression Classification FeatureTypes BuildFeatures ImageInput ImageTemplate ImageProcessing TextPreProcessing SentimentAnalysis TopicModeling WordCloud NamedEntityRecognition PDFInput DataCleansePro GoogleSheetsInput GoogleSheetsOutput OneDriveInput OneDriveOutput PowerBIOutput SharePointFilesInput SharePointFilesOutput ControlContainer';

/** Macros that come with the tool. */
const macros =
  'Cleanse CountRecords SelectRecords RandomRecords WeightedAvg Imputation_v3 MultiFieldBinning_v2 Base64_Encoder DateFilter HeaderMacro FooterMacro Legend_Builder Legend_Splitter Create_Samples Oversample_Field Field_Summary Frequency_Table Contingency_Table Histogram Scatterplot Pearson_Correlation Spearman_Correlation Association_Analysis Distribution_Analysis Violin_Plot Linear_Regression Logistic_Regression Decision_Tree Forest_Model Boosted_Model Naive_Bayes Neural_Network Spline_Model Support_Vector_Machine Stepwise Score Lift_Chart Nested_Test Test_of_Means Gamma_Regression Count_Regression Model_Coefficients K-Centroids_Cluster_Analysis K-Centroids_Diagnostics Append_Cluster Principal_Components Find_Nearest_Neighbors MB_Rules MB_Inspect MB_Affinity Multidimensional_Scaling ARIMA ETS TS_Filler TS_Plot TS_Compare TS_Forecast TS_Covariate_Forecast TS_Forecast_Factory TS_Model_Factory AB_Controls AB_Treatments AB_Trend AB_Analysis Network_Analysis Simulation_Sampling Simulation_Scoring Simulation_Summary GoogleAnalytics Marketo_Input Twitter_Search PublishToTableauServer Foursquare_Search';

const [input, other] = [table(1, 'v', '1', '2'), table(3, 'v', '1')];

/** The notes of the tool by itself, with an input on every anchor that tools have. */
function notesOf(node: string): readonly string[] {
  const wires = ['1>2', '1>2.Left', '3>2.Right', '1>2.Targets', '3>2.Source'];
  const xml = alteryxXml([input, other], wires).replace('</Nodes>', `${node}</Nodes>`);
  return convertAlteryx(xml).job.transformations.find((one) => one.id === '2')?.notes ?? [];
}

const node = (gui: string, engine = ''): string =>
  `<Node ToolID="2"><GuiSettings${gui} /><Properties><Configuration /></Properties>${engine}</Node>`;

const words = (text: string): readonly string[] => text.split(' ');

describe('the standard palette', () => {
  const tools = Object.entries(plugins).flatMap(([space, names]) =>
    words(names).map((name) => `${space}.${name}.${name}`),
  );

  it.each([...tools, ...words(htmlTools)])('%s has a rule or a reason of its own', (plugin) => {
    expect(notesOf(node(` Plugin="${plugin}"`)).join(' ')).not.toMatch(/No rule|another vendor/);
  });

  it.each(words(macros))('%s.yxmc has a rule or a reason of its own', (macro) => {
    expect(notesOf(node('', `<EngineSettings Macro="${macro}.yxmc" />`)).join(' ')).not.toMatch(
      /No rule|not among the imports/,
    );
  });

  it('says of a tool that nobody here knows that no rule knows it', () => {
    expect(notesOf(node(' Plugin="AlteryxBasePluginsGui.Unheard.Unheard"')).join(' ')).toContain('No rule converts');
    expect(notesOf(node(' Plugin="Acme.Unheard"')).join(' ')).toContain('another vendor');
  });
});
