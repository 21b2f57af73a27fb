// For the pages of notebooks/: `notebooks preview` and `notebooks build` read this, too.

/** What Notebook Kit would fetch from a CDN while a page runs, and what is installed here instead. */
const installed = [
  "@observablehq/inputs",
  "@observablehq/plot",
  "arquero",
  "d3",
  "htl",
  "vega",
  "vega-lite",
  "vega-lite-api",
];
const address = /https:\/\/[\w.]+\/npm\/((?:@[\w-]+\/)?[\w-]+)\/(?:\+esm|([\w./-]+))/g;

export default {
  plugins: [
    {
      name: "installed-libraries",
      enforce: "pre",
      transform(code, id) {
        if (!id.includes("/notebook-kit/dist/src/runtime/stdlib/")) return undefined;
        return code
          .replaceAll(address, (url, name, path) =>
            installed.includes(name) ? [name, path].filter(Boolean).join("/") : url,
          )
          .replace("vegaLiteApi.register", "({ ...vegaLiteApi }).register"); // which returns `this`, and a bundle forgets it
      },
    },
  ],
};
