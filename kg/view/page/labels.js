// Labels are drawn here rather than by vis.js: the same size at every zoom, and never one over another.
const LINE = 15; // pixels from one line of a label to the next
let hovered = null;
const widths = new Map();

function fontOf(rank) {
  return `${rank < 0 ? 600 : 500} ${rank < 0 ? 13 : 12}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;
}

// A long name takes two lines; what does not fit them ends in dots.
function labelLines(node) {
  const words = nodeName(node).split(/\s+/);
  const lines = [""];
  const longest = 26;
  for (const word of words) {
    const joined = lines.at(-1) ? `${lines.at(-1)} ${word}` : word;
    if (joined.length <= longest || !lines.at(-1)) lines[lines.length - 1] = joined;
    else lines.push(word);
  }
  if (lines.length > 2) lines.splice(1, lines.length, `${lines[1].slice(0, longest - 1)}…`);
  return lines.map((line) => (line.length > 34 ? line.slice(0, 32) + "…" : line));
}

function drawLabels(context) {
  const canvas = context.canvas;
  const ratio = canvas.width / canvas.clientWidth;
  const frame = { width: canvas.clientWidth, height: canvas.clientHeight };
  const scale = network.getScale();
  const centre = network.getViewPosition();
  const spot = (node) => ({
    x: (node.x - centre.x) * scale + frame.width / 2,
    y: (node.y - centre.y) * scale + frame.height / 2,
  });
  const inFrame = [];
  for (const node of seen.nodes.keys()) {
    const at = spot(node);
    if (at.x > -40 && at.y > -20 && at.x < frame.width + 40 && at.y < frame.height + 20) inFrame.push({ node, ...at, radius: node.radius * scale });
  }
  const first = ({ node }) => (node === hovered ? 3 : light && light.nodes.has(node) ? 2 : 1);
  inFrame.sort((a, b) => first(b) - first(a) || b.radius - a.radius || a.node.id - b.node.id);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.lineJoin = "round";
  context.textBaseline = "middle";
  context.textAlign = "center";
  placeLabels(context, inFrame, frame);
  context.restore();
}

function placeLabels(context, inFrame, frame) {
  const taken = grid();
  const discs = grid();
  inFrame.slice(0, 400).forEach(({ x, y, radius }) => discs.add([x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8]));
  let left = inFrame.length > 1200 ? 50 : inFrame.length > 250 ? 90 : 260;
  for (const [order, place] of inFrame.entries()) {
    if (left === 0) break;
    const { node } = place;
    const isLit = node === hovered || (light && light.nodes.has(node));
    if (light && !isLit) continue;
    const rank = isLit || place.radius > 17 ? -1 : 0;
    const lines = labelLines(node);
    context.font = fontOf(rank);
    const width = Math.max(...lines.map((line) => textWidth(context, line, rank)));
    const isFree = (box) => taken.isFree(box) && isInside(box, frame);
    const spots = spotsAround(place, width, lines.length * LINE);
    let box = spots.find((spot) => isFree(spot) && discs.isFree(spot));
    if (!box && (rank < 0 || order < 15)) box = spots.find(isFree);
    if (!box && node === hovered) box = spots[0];
    if (!box) continue;
    taken.add(box);
    left -= 1;
    const x = (box[0] + box[2]) / 2;
    context.lineWidth = 4;
    context.strokeStyle = `${theme.ground}eb`;
    context.fillStyle = rank < 0 ? theme.ink : theme.text;
    lines.forEach((line, place) => context.strokeText(line, x, box[1] + (place + 0.5) * LINE));
    lines.forEach((line, place) => context.fillText(line, x, box[1] + (place + 0.5) * LINE));
  }
}

function textWidth(context, text, rank) {
  const key = rank + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// Below the node, above it, right, left, and the corners between.
function spotsAround({ x, y, radius }, width, height) {
  const [half, rise] = [width / 2 + 2, height / 2];
  const gap = radius + 3;
  const slant = radius * 0.72 + 2;
  const spots = [[x, y + gap + rise], [x, y - gap - rise], [x + gap + half, y], [x - gap - half, y],
    [x + slant + half, y + slant + rise / 2], [x + slant + half, y - slant - rise / 2], [x - slant - half, y + slant + rise / 2], [x - slant - half, y - slant - rise / 2]];
  return spots.map(([atX, atY]) => [atX - half, atY - rise, atX + half, atY + rise]);
}

const isInside = (box, frame) => box[0] > 2 && box[1] > 2 && box[2] < frame.width - 2 && box[3] < frame.height - 2;

function grid(side = 64) {
  const cells = new Map();
  const each = (box, visit) => {
    for (let column = Math.floor(box[0] / side); column <= Math.floor(box[2] / side); column += 1) {
      for (let row = Math.floor(box[1] / side); row <= Math.floor(box[3] / side); row += 1) {
        if (visit(column * 4096 + row) === false) return false;
      }
    }
    return true;
  };
  const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  return {
    add: (box) => each(box, (cell) => { cells.has(cell) ? cells.get(cell).push(box) : cells.set(cell, [box]); }),
    isFree: (box) => each(box, (cell) => !(cells.get(cell) || []).some((other) => meets(box, other))),
  };
}
