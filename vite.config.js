// For the pages of notebooks/: `notebooks build` and `notebooks preview` read this.

const packages = "@observablehq/inputs|@observablehq/plot|arquero|d3|htl|vega|vega-lite|vega-lite-api";
const address = new RegExp(`https://[\\w.]+/npm/(${packages})(?:/\\+esm|(?=/dist/))`, "g");

/** Has Notebook Kit's own libraries come from node_modules, not from a CDN while a page runs. */
const installed = {
  name: "installed-libraries",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("/notebook-kit/dist/src/runtime/stdlib/")) return undefined;
    // `register` returns `this`, which a bundle forgets
    return code.replaceAll(address, "$1").replace("vegaLiteApi.register", "({ ...vegaLiteApi }).register");
  },
};

export default {
  plugins: [installed],
  optimizeDeps: { rolldownOptions: { plugins: [installed] } }, // what a preview bundles beforehand
};
