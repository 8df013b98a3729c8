// Labels are drawn here rather than by vis.js: the same size at every zoom, and never one over another.
let hovered = null;
const widths = new Map();

function fontOf(rank) {
  return `${rank < 0 ? 600 : 500} ${rank < 0 ? 13 : 12}px system-ui, "Segoe UI", "Noto Sans", sans-serif`;
}

function labelText(node) {
  const name = nodeName(node);
  return name.length > 38 ? name.slice(0, 36).trimEnd() + "…" : name;
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
  placeLabels(context, inFrame);
  context.restore();
}

function placeLabels(context, inFrame) {
  const taken = grid();
  inFrame.slice(0, 400).forEach(({ x, y, radius }) => taken.add([x - radius * 0.8, y - radius * 0.8, x + radius * 0.8, y + radius * 0.8]));
  let left = 260;
  for (const place of inFrame) {
    if (left === 0) break;
    const { node } = place;
    const isLit = node === hovered || (light && light.nodes.has(node));
    if (light && !isLit) continue;
    const rank = isLit || place.radius > 17 ? -1 : 0;
    const text = labelText(node);
    context.font = fontOf(rank);
    const width = textWidth(context, text, rank);
    const box = freeBox(taken, place, width, node === hovered);
    if (!box) continue;
    taken.add(box);
    left -= 1;
    const [x, y] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    context.lineWidth = 4;
    context.strokeStyle = "rgba(250,250,248,0.92)";
    context.strokeText(text, x, y);
    context.fillStyle = rank < 0 ? "#16202b" : "#37424f";
    context.fillText(text, x, y);
  }
}

function textWidth(context, text, rank) {
  const key = rank + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

// Below the node, above it, right, left: the first place that is free.
function freeBox(taken, { x, y, radius }, width, isForced) {
  const [half, rise] = [width / 2 + 2, 8];
  const gap = radius + 3;
  const spots = [[x, y + gap + rise], [x, y - gap - rise], [x + gap + half, y], [x - gap - half, y]];
  for (const [atX, atY] of spots) {
    const box = [atX - half, atY - rise, atX + half, atY + rise];
    if (isForced || taken.isFree(box)) return box;
  }
  return null;
}

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
