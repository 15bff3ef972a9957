/** Why tools of the standard palette are left for a person. */

/** How the reason starts for what makes reports: it is counted apart from the tools for data. */
export const reporting = 'Reporting tools make no data';

/** Reasons by the plugin or macro of the tool; the first that fits. */
export const reasons: readonly (readonly [RegExp, string])[] = [
  [/ComposerRender/i, `${reporting}: it writes a document (PDF, HTML, spreadsheet …) of a layout`],
  [/Email/i, `${reporting}: it sends mail, which is to be set up where the pipeline runs`],
  [
    /^PortfolioPlugins|ReportChart|Plotly|^Insights|ReportHeader|ReportMap|InteractiveChart|Legend|Visualytics|\b(?:Header|Footer)Macro\b|Charting|Histogram|Scatterplot|Violin_Plot|Heat_?Plot|Word_?Cloud/i,
    `${reporting}: it lays out text, tables, charts or images, which are no data`,
  ],
  [
    /Spatial|SpatialPlugins|Geocode|MapInput|TradeArea|Polyline|Drive_?Time|DriveDistance|Heat_?Map/i,
    'Spatial tools work on geometry, which the pipeline does not carry',
  ],
  [
    /Download|Connector\b|AlteryxConnectorGui|Prompt|LLMOverride|Gemini|Sharepoint|Salesforce|Tableau|Google_?(?:Sheets|Analytics|BigQuery|Drive)|OneDrive|Power_?BI|Marketo|Twitter|Foursquare|\bAdobe|Dynamics_?CRM|ServiceNow/i,
    'It asks a service on the network',
  ],
  [/AlteryxRPlugin|PythonTool|Jupyter|Python|\bRoslyn/i, 'It runs a program of its own, which has no SQL translation'],
  [
    /AlteryxAddress|\bCASS\b|ParseAddress|ParseName|USZIP9/i,
    'It looks names or addresses up in reference data that is licensed with the tool',
  ],
  [
    /AlteryxDemographic|AlteryxBehavior|\bAllocate/i,
    'It looks groups of people up in reference data that is licensed with the tool',
  ],
  [/Calgary/i, 'It reads or writes a Calgary index, a file format that only the source tool has'],
  [
    /^(?:FeatureTypes|BuildFeatures|Image(?:Input|Template|Processing|ToText)|TextPreProcessing|SentimentAnalysis|TopicModeling|NamedEntityRecognition|PDFInput|PDFToText)$/i,
    'Text mining and image tools run models of their own, which have no SQL translation',
  ],
  [
    /Create_?Samples|Oversample_?Field|Simulation_/i,
    'It draws records or values by chance in a way that only its own program can repeat',
  ],
  [
    /^(?:Transformation|Modeling|AutoML|Fit|Predict|Regression|Classification|Clustering)$|Predictive|\bARIMA\b|\bETS\b|\bTS_|\bMB_|\bAB_|Regression|Decision_Tree|Forest_Model|Boosted_Model|Naive_Bayes|Neural_Network|Spline_Model|Support_Vector|\bStepwise|\bScore\.yxmc|Lift_Chart|Nested_Test|Test_of_Means|Model_Coefficients|Model_Comparison|Centroids|Append_Cluster|Nearest_Neighbors|Multidimensional_Scaling|Network_Analysis|Correlation|Contingency_Table|Frequency_Table|Field_Summary|Principal_Components|Association|Distribution/i,
    'Statistical and machine-learning tools have no SQL translation',
  ],
  [/RunCommand/i, 'It starts a program of the machine'],
  [/BlobInput|BlobOutput|FileBrowse/i, 'It reads the file system, which a pipeline does not do'],
  [/JSONBuild/i, 'It builds JSON text by the names in the records, which are known only when it runs'],
  [/DynamicReplace/i, 'Its conditions and expressions come with the data and are known only when it runs'],
  [/\bArrange\b/i, 'It lays fields out over records one by one in settings that no rule reads'],
  [/DataCleansePro/i, 'What it cleans is set in a form that no rule reads'],
  [
    /MultiFieldBinning|Base64_Encoder|\bDate_?Filter\.yxmc/i,
    'It is a macro that comes with the tool and whose questions no rule reads; import its file to put its tools in its place',
  ],
  [/DynamicInput|DynamicOutput/i, 'What it reads is known only when it runs'],
  [/LockIn/i, 'In-Database tools run in the database of their connection, whose SQL dialect the file does not name'],
  [
    /Make(?:Group|Columns)|BasicDataProfile|FuzzyMatch|Optimization|NearestNeighbor/i,
    'Its algorithm has no SQL translation',
  ],
];
