import { CommentTag, Converter } from "typedoc";

/** The guides in reading order, then what else there is to read. */
const guides = [
  "first-look",
  "what-it-reads",
  "columns",
  "modes",
  "methods",
  "charts",
  "exports",
  "notebooks",
  "generate",
  "cli",
].map((name) => `docs/${name}.md`);
const project = [
  "data/README.md",
  "notebooks/README.md",
  "spec/bench/README.md",
  "lib/README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
];

/** What is listed under which heading, by the first file or folder that fits; in reading order. */
const categories = {
  Analysis: ["analyze.ts", "tables/options.ts"],
  "Reading traces": ["formats/", "files/", "tables/trace.ts"],
  "Choosing calls": ["tables/where.ts", "tables/window.ts", "tables/align.ts", "tables/counting.ts"],
  Columns: ["tables/tables.ts", "tables/column.ts"],
  "Table by table": [
    "tables/calls.ts",
    "tables/call-tree.ts",
    "tables/segments.ts",
    "tables/distribution.ts",
    "tables/percentiles.ts",
    "tables/spikes.ts",
    "tables/active-calls.ts",
    "tables/active-ids.ts",
    "tables/spike-calls.ts",
    "tables/spike-tokens.ts",
    "tables/midpoint-concurrency.ts",
    "tables/latency-by-concurrency.ts",
    "tables/",
  ],
  Charts: ["report/charts/", "exports/svg.ts", "exports/png.ts", "exports/vega-lite-spec.ts"],
  "In notebooks": ["report/display/"],
  Reports: ["report/"],
  "Other libraries": ["exports/"],
  "Generated traffic": ["generate/"],
  Errors: ["errors.ts"],
};
const places = Object.entries(categories).flatMap(([category, files]) => files.map((file) => ({ category, file })));

/** The priority of what comes after all of TypeDoc's own. */
const LAST = -1000;

/** Titles documents with their first heading, and lists everything by category, so that the sources need no marks for the site. */
function arrange(app) {
  app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => {
    const file = document.project.files.getReflectionPath(document);
    document.name = /^# (.+)/.exec(document.content[0].text)[1];
    document.frontmatter.category = project.some((name) => file.endsWith(`/${name}`)) ? "Project" : "Guides";
  });
  const resolve = ({ project }) => {
    const placeOf = (declaration) => {
      const { fileName } = project.getSymbolIdFromReflection(declaration);
      const place = places.findIndex(({ file }) => fileName.includes(`/lib/${file}`));
      return place < 0 ? places.length : place;
    };
    for (const declaration of project.children) {
      const { comment } = declaration.signatures?.[0] ?? declaration;
      const category = places[placeOf(declaration)]?.category ?? "Other";
      comment?.blockTags.push(new CommentTag("@category", [{ kind: "text", text: category }]));
    }
    project.children.sort((a, b) => placeOf(a) - placeOf(b));
    project.childrenIncludingDocuments = [...project.documents, ...project.children];
    // the site has the name of the project above the front page anyway
    project.readme[0].text = project.readme[0].text.replace(/^# .+/, "");
  };
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, resolve, LAST);
}

/** @type {import("typedoc").TypeDocOptions} */
export default {
  name: "spikeline",
  entryPoints: ["lib/index.ts"],
  alwaysCreateEntryPointModule: false,
  tsconfig: "tsconfig.build.json",
  projectDocuments: [...guides, ...project],
  plugin: [arrange],
  out: "site",
  customCss: "docs/site.css",
  disableSources: true,
  excludeExternals: true,
  includeHierarchySummary: false,
  searchInDocuments: true,
  sort: [],
  sortEntryPoints: false,
  categorizeByGroup: false,
  categoryOrder: ["Guides", ...Object.keys(categories), "Project"],
  navigation: { includeCategories: true },
  externalSymbolLinkMappings: { arquero: { ColumnTable: "https://idl.uw.edu/arquero/api/table" } },
  treatWarningsAsErrors: true,
  ignoredHighlightLanguages: ["ojs"],
  requiredToBeDocumented: ["Function", "Class", "Interface", "TypeAlias", "Variable", "Method", "Accessor"],
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: true },
};
