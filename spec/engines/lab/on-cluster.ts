import { nodes } from "./config.js";
import { activeNodes } from "./ready.js";

const lacking = (await activeNodes()) === nodes.length ? "" : ": needs a cluster, which npm run trino:up starts";

/** Describes what holds on the cluster: pending with the reason where it is not up, a failure where all has to be there. */
export const onCluster = (title: string, specs: () => void): void => {
  describe(`${title}${lacking}`, () => {
    before(function () {
      if (lacking === "") return;
      if (process.env.SPIKELINE_REQUIRE_ALL !== undefined) throw new Error(lacking.slice(2));
      this.skip();
    });
    specs();
  });
};
