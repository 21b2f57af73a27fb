// Executes the notebooks of Jupyter and writes their outputs back: `npm run notebooks`.
import { join } from "node:path";
import { execute, folder, lacking, notebooks } from "./jupyter.js";

if (lacking !== undefined) throw new Error(`Notebooks cannot be executed: ${lacking}.`);
await execute(notebooks.map((name) => join(folder, name)));
console.log(`${notebooks.map((name) => `notebooks/${name}`).join("\n")}\nexecuted`);
