// The map itself: the network of vis.js, filled with what is seen, and no more.
const nodes = new vis.DataSet();
const edges = new vis.DataSet();
let network = null;
let drawnLevel = null;
let spotlight = null; // nodes of an event that the reader points at

function highlighted() {
  if (spotlight) return { nodes: spotlight, edges: new Set(seen.edges.filter((edge) => edge.ends.every((node) => spotlight.has(node)))) };
  const chosen = chosenThing();
  if (!chosen) return null;
  if (state.chosen[0] === "edge") return { nodes: new Set(chosen.ends), edges: new Set([chosen]) };
  const around = chosen.edges.filter((edge) => seenEdges.has(edge));
  return { nodes: new Set([chosen, ...around.flatMap((edge) => edge.ends)]), edges: new Set(around) };
}

function chosenThing() {
  if (!state.chosen) return null;
  const [what, ...keys] = state.chosen;
  return (what === "node" ? level().byKey.get(keys[0]) : level().edgeByEnds.get(keys.slice().sort().join("\n"))) || null;
}

let seenEdges = new Set();
let light = null;
let growth = 1; // how much larger everything is drawn so that it is seen when the whole of a large map is shown

function growthOf() {
  const places = [...seen.nodes.keys()];
  if (places.length < 100) return 1;
  const span = (axis) => { const values = places.map((node) => node[axis]); return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b)) || 1; };
  const frame = byId("map");
  const scale = Math.min(frame.clientWidth / span("x"), frame.clientHeight / span("y"));
  return Math.min(3.5, Math.max(1, 0.4 / scale));
}

function nodeItem(node) {
  const colour = groupColour(groupOf(node));
  const isDim = light && !light.nodes.has(node);
  const fill = isDim ? mix(colour, 0.84) : colour;
  const border = isDim ? "#f6f7f8" : "#ffffff";
  node.radius = (6 + 22 * Math.sqrt((seen.nodes.get(node) || 0) / seen.strongest)) * growth;
  const shade = { background: fill, border };
  return {
    id: node.id, x: node.x, y: node.y, shape: node.shape, size: node.shape === "dot" ? node.radius : node.radius * 0.95,
    color: { ...shade, highlight: { background: fill, border: "#1d2733" }, hover: { background: fill, border: "#1d2733" } },
  };
}

function edgeItem(edge) {
  const { dashes, colour } = style.statusStyles[edge.status];
  const part = Math.sqrt(edge.weight / (seen.heaviest || 1));
  const isDim = light && !light.edges.has(edge);
  const isLit = light && light.edges.has(edge);
  const shade = isDim ? "#edeff1" : isLit ? "#22303f" : colour;
  return {
    id: edge.id, from: edge.from, to: edge.to,
    width: (0.9 + 5.5 * part) * Math.sqrt(growth),
    dashes: dashes.length ? dashes : false,
    color: { color: shade, highlight: "#22303f", hover: "#22303f", opacity: light ? 1 : Math.min(1, 0.45 + part), inherit: false },
  };
}

function replaceItems(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

function showMap() {
  seenEdges = new Set(seen.edges);
  light = highlighted();
  growth = growthOf();
  const isNew = drawnLevel !== state.level;
  if (isNew) { edges.clear(); nodes.clear(); }
  const order = [...seen.edges].sort((a, b) => (light ? light.edges.has(a) - light.edges.has(b) : 0) || a.weight - b.weight);
  replaceItems(nodes, [...seen.nodes.keys()].map(nodeItem));
  replaceItems(edges, order.map(edgeItem));
  if (!network) startNetwork();
  const isLarge = seen.edges.length > 2500;
  network.setOptions({ interaction: { hideEdgesOnDrag: isLarge, hideEdgesOnZoom: isLarge } });
  drawnLevel = state.level;
  if (isNew) fit(false);
  const chosen = chosenThing();
  network.unselectAll();
  if (chosen && state.chosen[0] === "node" && seen.nodes.has(chosen)) network.selectNodes([chosen.id], false);
  if (chosen && state.chosen[0] === "edge" && seenEdges.has(chosen)) network.setSelection({ nodes: [], edges: [chosen.id] }, { highlightEdges: false });
}

function startNetwork() {
  network = new vis.Network(byId("map"), { nodes, edges }, level().options);
  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) choose(["node", level().nodes[node].key]);
    else if (edge !== undefined) choose(["edge", ...level().edges[Number(edge.slice(1))].ends.map((end) => end.key)]);
    else choose(null);
  });
  network.on("dragEnd", ({ nodes: moved }) => {
    for (const id of moved) Object.assign(level().nodes[id], network.getPosition(id));
  });
  network.on("hoverNode", ({ node }) => { hovered = level().nodes[node]; byId("map").dataset.hovered = hovered.key; byId("map").classList.add("pointing"); });
  network.on("blurNode", () => { hovered = null; delete byId("map").dataset.hovered; byId("map").classList.remove("pointing"); });
  network.on("hoverEdge", () => byId("map").classList.add("pointing"));
  network.on("blurEdge", () => byId("map").classList.remove("pointing"));
  network.on("afterDrawing", drawLabels);
}

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches || seen.nodes.size > 1500 ? false : { duration: 450, easingFunction: "easeInOutQuad" });

function fit(isMoving = true) {
  if (seen.nodes.size === 0) return;
  network.fit({ nodes: [...seen.nodes.keys()].map((node) => node.id), animation: isMoving && motion(), maxZoomLevel: 1.6 });
}

function goTo(node) {
  if (!seen.nodes.has(node)) return;
  network.focus(node.id, { scale: Math.max(network.getScale(), 0.9), animation: motion() });
}
