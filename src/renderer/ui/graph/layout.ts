/** Where the nodes of a drawing stand. Behind one function, so that who computes it can be exchanged. */

export interface LayoutGraph {
  readonly nodes: readonly { readonly id: string; readonly width: number; readonly height: number }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** Left upper corners by node; every node has one. */
export type Positions = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

/** Places the nodes left to right along the edges, without overlaps. Rejects where the graph cannot be laid out. */
export type Layout = (graph: LayoutGraph) => Promise<Positions>;
