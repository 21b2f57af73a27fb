import { expect } from "chai";
import fc from "fast-check";
import { depthFirst } from "../../lib/kernels/tree.js";
import { shuffled } from "../support/corners.js";

describe("depthFirst(parents, order)", () => {
  it("puts a node before its children, and all below a child before the next", () => {
    //      0      3
    //     / \     |
    //    1   4    2
    //    |
    //    5
    const layout = depthFirst(Int32Array.of(-1, 0, 3, -1, 0, 1));
    expect([...layout.nodes]).to.deep.equal([0, 1, 5, 4, 3, 2]);
    expect([...layout.parents]).to.deep.equal([-1, 0, 1, 0, -1, 4]);
    expect([...layout.depths]).to.deep.equal([0, 1, 2, 1, 0, 1]);
  });

  it("has siblings and roots in the wanted order", () => {
    expect([...depthFirst(Int32Array.of(-1, 0, 0, -1), Int32Array.of(3, 2, 1, 0)).nodes]).to.deep.equal([3, 0, 2, 1]);
  });

  it("makes a root of the first node of a circle", () => {
    const layout = depthFirst(Int32Array.of(1, 2, 0, 0));
    expect([...layout.nodes]).to.deep.equal([0, 2, 1, 3]);
    expect([...layout.depths]).to.deep.equal([0, 1, 2, 1]);
  });

  it("goes a million deep and a million wide", () => {
    const n = 1_000_000;
    const deep = depthFirst(Int32Array.from({ length: n }, (_, i) => i - 1));
    expect(deep.depths[n - 1]).to.equal(n - 1);
    const wide = depthFirst(Int32Array.from({ length: n }, (_, i) => (i === 0 ? -1 : 0)));
    expect(wide.nodes[n - 1]).to.equal(n - 1);
    expect(wide.depths[n - 1]).to.equal(1);
  });

  it("agrees with recursion on any forest, circles too, in any wanted order", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -3, max: 14 }), { maxLength: 15, size: "max" }),
        fc.option(fc.nat()),
        (raw, seed) => {
          const n = raw.length;
          const parents = Int32Array.from(raw, (parent) => (parent >= 0 && parent < n ? parent : -1));
          const order = seed === null ? [...parents.keys()] : shuffled([...parents.keys()], seed);
          const nodes: number[] = [];
          const depths: number[] = [];
          const above: number[] = [];
          const walk = (node: number, depth: number, parent: number) => {
            const place = nodes.push(node) - 1;
            depths.push(depth);
            above.push(parent);
            for (const child of order)
              if (parents[child] === node && !nodes.includes(child)) walk(child, depth + 1, place);
          };
          for (const i of order) if (parents[i] < 0) walk(i, 0, -1);
          for (const i of order) if (!nodes.includes(i)) walk(i, 0, -1);
          const layout = seed === null ? depthFirst(parents) : depthFirst(parents, Int32Array.from(order));
          expect([...layout.nodes]).to.deep.equal(nodes);
          expect([...layout.depths]).to.deep.equal(depths);
          expect([...layout.parents]).to.deep.equal(above);
        },
      ),
      { numRuns: 3000 },
    );
  });
});
