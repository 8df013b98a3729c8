// Reads a GEXF file with graphology's own reader and writes what it found as JSON.
import { readFileSync } from "node:fs";
import graphology from "graphology";
import gexf from "graphology-gexf";

const graph = gexf.parse(graphology.Graph, readFileSync(process.argv[2], "utf8"));
const nodes = graph.mapNodes((key, attributes) => ({ key, ...attributes }));
const edges = graph.mapEdges((key, attributes, source, target) => ({ source, target, ...attributes }));
process.stdout.write(JSON.stringify({ type: graph.type, nodes, edges }));
