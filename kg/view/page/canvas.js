// The map itself: vis.js holds the nodes, the view and the hand; links and nodes are drawn here, many in one
// stroke, for vis.js draws them one by one, which is too slow from some thousands on.
const nodes = new vis.DataSet();
let network = null;
let drawnLevel = null;
let spotlight = null; // the event that the reader points at
let seenEdges = new Set();
let light = null; // nodes and links that stand out while the rest steps back
let growth = 1; // how much larger everything is drawn so that it is seen when the whole of a large map is shown
let strokes = []; // links by look: [path, width, dashes, colour, opacity]
let fills = []; // nodes by look: [path, colour, border]
let hoveredEdge = null;
let isWhole = true; // whether the whole map is in the frame, and stays so when the frame changes

function highlighted() {
  if (spotlight) return litEvent(spotlight);
  const chosen = chosenThing();
  if (!chosen) return null;
  if (state.chosen[0] === "edge") return { nodes: new Set(chosen.ends), edges: new Set([chosen]) };
  const around = chosen.edges.filter((edge) => seenEdges.has(edge));
  return { nodes: new Set([chosen, ...around.flatMap((edge) => edge.ends)]), edges: new Set(around) };
}

function litEvent(event) {
  const lit = new Set(nodesOfEvent(event));
  const edges = seen.edges.filter((edge) => edge.shares.some(([place]) => place === event.place));
  return { nodes: lit, edges: new Set(edges) };
}

function nodesOfEvent(event) {
  return [...seen.nodes.keys()].filter((node) => node.events.includes(event.place));
}

function chosenThing() {
  if (!state.chosen) return null;
  const [what, ...keys] = state.chosen;
  return (what === "node" ? level().byKey.get(keys[0]) : level().edgeByEnds.get(keys.slice().sort().join("\n"))) || null;
}

function span(places, axis) {
  let [low, high] = [Infinity, -Infinity];
  for (const node of places) { low = Math.min(low, node[axis]); high = Math.max(high, node[axis]); }
  return [low, high];
}

function growthOf() {
  if (seen.nodes.size < 100) return 1;
  const frame = byId("map");
  const width = (axis) => { const [low, high] = span(seen.nodes.keys(), axis); return high - low || 1; };
  const scale = Math.min(frame.clientWidth / width("x"), frame.clientHeight / width("y"));
  return Math.min(3.5, Math.max(1, (seen.nodes.size > 1000 ? 0.4 : 0.5) / scale));
}

// What vis.js knows of a node is its place and its size, by which it finds what the hand is on.
function nodeItem(node) {
  return {
    id: node.id, x: node.x, y: node.y, shape: "custom", size: node.radius,
    ctxRenderer: () => ({ drawNode() {}, nodeDimensions: { width: 2 * node.radius, height: 2 * node.radius } }),
  };
}

function edgeLook(edge) {
  const { dashes, colour } = style.statusStyles[edge.status];
  const part = Math.sqrt(edge.weight / (seen.heaviest || 1));
  const isLit = light ? light.edges.has(edge) : false;
  return {
    layer: isLit ? 2 : light ? 0 : 1,
    width: Math.round((0.9 + 5.5 * part) * 2) / 2,
    dashes, colour: light ? (isLit ? theme.ink : theme.dimLine) : lineShade(colour),
    opacity: light ? 1 : Math.min(1, Math.round((0.45 + part) * 5) / 5),
  };
}

// Links of one look share a path; the strongest come last and lie on top.
function makeStrokes() {
  const groups = new Map();
  for (const edge of seen.edges) {
    const look = edgeLook(edge);
    const key = `${look.layer} ${String(look.width).padStart(4, "0")} ${edge.status} ${look.opacity}`;
    if (!groups.has(key)) groups.set(key, { ...look, path: new Path2D() });
    const { path } = groups.get(key);
    const [one, other] = edge.ends;
    path.moveTo(one.x, one.y);
    path.lineTo(other.x, other.y);
  }
  strokes = [...groups].sort((a, b) => (a[0] > b[0] ? 1 : -1)).map(([, group]) => group);
}

const outlines = {
  dot: (path, { x, y, radius }) => { path.moveTo(x + radius, y); path.arc(x, y, radius, 0, 7); },
  square: (path, { x, y, radius }) => path.rect(x - radius * 0.9, y - radius * 0.9, radius * 1.8, radius * 1.8),
  triangle: (path, { x, y, radius }) => { path.moveTo(x, y - radius * 1.15); path.lineTo(x + radius * 1.05, y + radius * 0.8); path.lineTo(x - radius * 1.05, y + radius * 0.8); path.closePath(); },
  diamond: (path, { x, y, radius }) => { path.moveTo(x, y - radius * 1.2); path.lineTo(x + radius * 1.2, y); path.lineTo(x, y + radius * 1.2); path.lineTo(x - radius * 1.2, y); path.closePath(); },
};
const outline = (path, node) => (outlines[node.shape] || outlines.dot)(path, node);

function makeFills() {
  const groups = new Map();
  for (const node of seen.nodes.keys()) {
    const isDim = light && !light.nodes.has(node);
    const colour = nodeShade(groupColour(groupOf(node)));
    const key = `${isDim ? 0 : 1} ${colour}`;
    if (!groups.has(key)) groups.set(key, { path: new Path2D(), colour: isDim ? mix(colour, theme.ground, 0.82) : colour });
    outline(groups.get(key).path, node);
  }
  fills = [...groups].sort((a, b) => (a[0] > b[0] ? 1 : -1)).map(([, group]) => group);
}

function drawNetwork(context) {
  if (isHeavy()) drawPicture(context); else paint(context);
  const breadth = Math.sqrt(growth);
  if (hoveredEdge && seenEdges.has(hoveredEdge)) strokeEdge(context, hoveredEdge, breadth);
  context.setLineDash([]);
  const chosen = state.chosen?.[0] === "node" ? chosenThing() : null;
  for (const node of [hovered, chosen]) if (node && seen.nodes.has(node)) ring(context, node, breadth);
}

function paint(context) {
  const breadth = Math.sqrt(growth);
  // Dashes of a pixel or two are not seen, and cost ten times a plain line.
  const isDashed = network.getScale() * growth > (isHeavy() ? 0.5 : 0.3);
  context.lineCap = "butt";
  for (const { path, width, dashes, colour, opacity } of strokes) {
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width * breadth;
    context.setLineDash(isDashed ? dashes.map((length) => length * growth) : []);
    context.stroke(path);
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.lineWidth = 1.5 * breadth;
  context.strokeStyle = theme.ground;
  for (const { path, colour } of fills) {
    context.fillStyle = colour;
    context.fill(path);
    context.stroke(path);
  }
}

// Thousands of links take longer to draw than a frame lasts. While the map moves, a picture of it moves in its
// stead; as soon as the hand rests, it is drawn anew and sharp.
const REST = 140; // milliseconds without a move
const MARGIN = 0.25; // how much more than the frame the picture holds on each side
let picture = null;
let resting = null;
const isHeavy = () => seen.edges.length > 3000 || seen.nodes.size > 1500;

function drawPicture(context) {
  const view = `${network.getScale()} ${Object.values(network.getViewPosition())}`;
  if (!picture) picture = takePicture(context.canvas, view);
  context.drawImage(picture.canvas, picture.x, picture.y, picture.width, picture.height);
  clearTimeout(resting);
  if (picture.view !== view) resting = setTimeout(() => { picture = null; network.redraw(); }, REST);
}

// The picture holds the frame and something around it, but no more than there is to see.
function takePicture(frame, view) {
  const [scale, centre, ratio] = [network.getScale(), network.getViewPosition(), frame.width / frame.clientWidth];
  const extent = (axis, side) => {
    const [low, high] = span(seen.nodes.keys(), axis);
    const [edge, reach] = [40 * growth, (side * (0.5 + MARGIN)) / scale];
    const from = Math.max(low - edge, centre[axis] - reach);
    return [from, Math.max(Math.min(high + edge, centre[axis] + reach) - from, 1 / scale)];
  };
  const [[x, width], [y, height]] = [extent("x", frame.clientWidth), extent("y", frame.clientHeight)];
  const canvas = new OffscreenCanvas(Math.ceil(width * scale * ratio), Math.ceil(height * scale * ratio));
  const context = canvas.getContext("2d");
  context.scale(scale * ratio, scale * ratio);
  context.translate(-x, -y);
  paint(context);
  return { canvas, x, y, width, height, view };
}

function strokeEdge(context, edge, breadth) {
  const { width, dashes } = edgeLook(edge);
  context.strokeStyle = theme.accent;
  context.lineWidth = (width + 1.5) * breadth;
  context.setLineDash(dashes.map((length) => length * growth));
  context.beginPath();
  context.moveTo(edge.ends[0].x, edge.ends[0].y);
  context.lineTo(edge.ends[1].x, edge.ends[1].y);
  context.stroke();
}

function ring(context, node, breadth) {
  const path = new Path2D();
  outline(path, { ...node, radius: node.radius + 1.5 * breadth });
  context.lineWidth = 2 * breadth;
  context.strokeStyle = theme.ink;
  context.stroke(path);
}

function showMap() {
  picture = null;
  seenEdges = new Set(seen.edges);
  light = highlighted();
  growth = growthOf();
  const isNew = drawnLevel !== state.level;
  for (const [node, weight] of seen.nodes) node.radius = (6 + 22 * Math.sqrt(weight / seen.strongest)) * growth;
  makeStrokes();
  makeFills();
  if (!network) startNetwork();
  if (isNew) nodes.clear();
  const gone = nodes.getIds().filter((id) => !seen.nodes.has(level().nodes[id]));
  const come = [...seen.nodes.keys()].filter((node) => !nodes.get(node.id));
  if (gone.length) nodes.remove(gone);
  if (come.length) nodes.add(come.map(nodeItem));
  drawnLevel = state.level;
  if (isNew) fit(false);
  network.redraw();
}

// The link nearest to a point of the map, where one is near enough to be meant.
function edgeAt({ x, y }) {
  const reach = 7 / network.getScale();
  let [found, best] = [null, reach];
  for (const edge of seen.edges) {
    const [a, b] = edge.ends;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const along = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    const far = Math.hypot(a.x + along * dx - x, a.y + along * dy - y);
    if (far < best || (far <= reach / 2 && found && edge.weight > found.weight)) [found, best] = [edge, far];
  }
  return found;
}

function startNetwork() {
  network = new vis.Network(byId("map"), { nodes, edges: [] }, level().options);
  network.on("click", ({ nodes: [id], pointer }) => {
    const node = id === undefined ? hovered : level().nodes[id];
    const edge = node ? null : hoveredEdge || edgeAt(pointer.canvas);
    if (node) choose(["node", node.key]);
    else choose(edge && ["edge", ...edge.ends.map((end) => end.key)]);
  });
  network.on("dragging", ({ nodes: moved }) => {
    for (const id of moved) Object.assign(level().nodes[id], network.getPosition(id));
    if (moved.length) { makeStrokes(); makeFills(); picture = null; }
  });
  network.on("hoverNode", ({ node }) => pointAt(level().nodes[node], null));
  network.on("blurNode", () => pointAt(null, null));
  network.on("dragStart", () => { isWhole = false; });
  network.on("zoom", () => { isWhole = false; });
  new ResizeObserver(() => later("frame", () => { if (isWhole) fit(false); })).observe(byId("map"));
  network.on("beforeDrawing", drawNetwork);
  network.on("afterDrawing", drawLabels);
  watchHand();
}

// What lies under the hand, with a word on it beside the hand.
function pointAt(node, edge, at = null) {
  const isNew = node !== hovered || edge !== hoveredEdge;
  [hovered, hoveredEdge] = [node, edge];
  const frame = byId("map");
  if (node) frame.dataset.hovered = node.key; else delete frame.dataset.hovered;
  frame.classList.toggle("pointing", Boolean(node || edge));
  showTip(edge, at);
  if (isNew) later("hand", () => network.redraw());
}

function showTip(edge, at) {
  const tip = byId("tip");
  tip.hidden = !edge;
  if (!edge) return;
  const latest = edge.shares.map(([place]) => place).filter((place) => seen.events.has(place)).map((place) => data.events[place]).sort(newestFirst)[0];
  const about = [`${number(edge.count)} ${word(edge.count === 1 ? "event" : "events")}`, word("status_" + edge.status), latest.when.length ? dateText(latest.when.at(-1)) : null].filter(Boolean);
  tip.replaceChildren(make("b", { text: edge.ends.map(nodeName).join(" – ") }), make("span", { text: about.join(" · ") }));
  const frame = byId("map");
  tip.style.left = `${Math.min(at.x + 14, frame.clientWidth - tip.offsetWidth - 8)}px`;
  tip.style.top = `${at.y + 18 + tip.offsetHeight > frame.clientHeight ? at.y - tip.offsetHeight - 10 : at.y + 18}px`;
}

function watchHand() {
  const frame = byId("map");
  const at = (move) => { const box = frame.getBoundingClientRect(); return { x: move.clientX - box.left, y: move.clientY - box.top }; };
  frame.addEventListener("mousemove", (move) => {
    if (move.buttons || hovered) { if (hoveredEdge) pointAt(hovered, null); return; }
    const place = at(move);
    const edge = edgeAt(network.DOMtoCanvas(place));
    if (edge || hoveredEdge) pointAt(null, edge, place);
  });
  frame.addEventListener("mouseleave", () => pointAt(null, null));
}

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches || seen.nodes.size > 1500 ? false : { duration: 450, easingFunction: "easeInOutQuad" });

function fit(isMoving = true) {
  if (seen.nodes.size === 0) return;
  isWhole = true;
  network.fit({ nodes: [...seen.nodes.keys()].map((node) => node.id), animation: isMoving && motion(), maxZoomLevel: 1.6 });
}

function goTo(node) {
  if (!seen.nodes.has(node)) return;
  isWhole = false;
  network.focus(node.id, { scale: Math.max(network.getScale(), 0.9), animation: motion() });
}
