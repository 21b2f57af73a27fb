import { engines } from "../support/engines.js";
import { conform } from "./conformance.js";

for (const [name, engine] of Object.entries(engines)) conform({ name, engine, put: (calls) => calls });
