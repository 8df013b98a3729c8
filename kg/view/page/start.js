// State and address: what is chosen stands in the fragment, so that a link shows the same and "back" goes back.
const lists = ["type", "status", "sector", "source", "group"];
const simple = ["level", "colour", "lang", "since", "until", "clock"];

function fragment() {
  const values = new URLSearchParams();
  for (const name of simple) if (state[name] !== initial[name]) values.set(name, state[name]);
  for (const name of lists) if (state[name].length) values.set(name, state[name].join(","));
  if (state.weight) values.set("weight", state.weight);
  if (!state.undated) values.set("undated", "0");
  if (state.all) values.set("all", "1");
  if (state.chosen) state.chosen.slice(1).forEach((key) => values.append(state.chosen[0], key));
  return values.toString();
}

function restore() {
  const values = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, JSON.parse(JSON.stringify(initial)));
  for (const name of simple) if (values.has(name)) state[name] = values.get(name);
  for (const name of lists) if (values.get(name)) state[name] = values.get(name).split(",");
  if (!levels.has(state.level)) state.level = initial.level;
  if (!data.words[state.lang]) state.lang = initial.lang;
  if (!["kind", "country", "community"].includes(state.colour)) state.colour = initial.colour;
  if (state.clock !== "published") state.clock = "event";
  for (const name of ["since", "until"]) if (state[name] && !/^\d{4}(-\d\d){0,2}$/.test(state[name])) state[name] = null;
  state.weight = Number(values.get("weight")) || 0;
  state.undated = values.get("undated") !== "0";
  state.all = values.get("all") === "1";
  const [node, ends] = [values.getAll("node"), values.getAll("edge")];
  state.chosen = node.length === 1 ? ["node", ...node] : ends.length === 2 ? ["edge", ...ends] : null;
}

// A choice makes a step that "back" undoes; a slider on its way does not.
function remember(isStep) {
  const address = "#" + fragment();
  if (address === location.hash || (address === "#" && !location.hash)) return;
  history[isStep ? "pushState" : "replaceState"](null, "", address);
}

function refresh() {
  look();
  showMap();
  showControls();
  showTime();
  showPanel();
}

function change(values, isStep = true) {
  if (isStep) stopPlaying();
  Object.assign(state, values);
  if ("lang" in values) for (const level of levels.values()) for (const node of level.nodes) node.names = null;
  if ("level" in values && !chosenThing()) state.chosen = null;
  spotlight = null;
  remember(isStep);
  refresh();
}

addEventListener("popstate", () => { stopPlaying(); spotlight = null; restore(); refresh(); });
addEventListener("keydown", (key) => { if (key.key === "Escape" && state.chosen && document.activeElement !== byId("query")) { choose(null); byId("map").focus({ preventScroll: true }); } });
const darkness = matchMedia("(prefers-color-scheme: dark)");
const ownTheme = () => (darkness.matches ? "dark" : "light");

function setTheme(name) {
  readTheme(name);
  refresh();
}

// Paper is light, and shows the whole map.
let before = null;
addEventListener("beforeprint", () => { before = theme.isDark ? "dark" : "light"; setTheme("light"); fit(false); });
addEventListener("afterprint", () => setTheme(before));
darkness.addEventListener("change", () => setTheme(ownTheme()));

// With the map in focus N and P go from partner to partner, the strongest first.
byId("map").addEventListener("keydown", (key) => {
  const step = { n: 1, N: 1, Enter: 1, p: -1, P: -1 }[key.key];
  if (!step || key.ctrlKey || key.metaKey || seen.nodes.size === 0) return;
  const order = [...seen.nodes].sort((a, b) => b[1] - a[1] || a[0].id - b[0].id).map(([node]) => node);
  const at = order.indexOf(chosenThing());
  const node = order[at < 0 ? 0 : (at + step + order.length) % order.length];
  choose(["node", node.key], false);
  goTo(node);
});
byId("reset").addEventListener("click", () => change({ type: [], status: [], sector: [], source: [], group: [], since: null, until: null, undated: true, weight: 0 }));
readTheme(ownTheme());
startSearch();
restore();
refresh();
document.body.dataset.ready = "1";
