// Everything at the left: counts, search, choices and filters.
function showControls() {
  document.documentElement.lang = state.lang;
  byId("side").setAttribute("aria-label", word("filters"));
  byId("map").setAttribute("aria-label", `${word("map")}. ${word("keys")}`);
  byId("reset").textContent = word("reset");
  byId("reset").hidden = ["type", "status", "sector", "source", "group"].every((name) => state[name].length === 0) && state.since === null && state.until === null && state.weight === 0 && state.undated;
  byId("query").placeholder = word("search");
  byId("query").setAttribute("aria-label", word("search"));
  showCounts();
  showChoices();
  showFilters();
  showTools();
  showNotice();
}

function showCounts() {
  const { nodes: nodeCount, links, events, articles } = counts();
  const nodeWord = ["partner", "organisation"].includes(state.level) ? "partners" : state.level === "country" ? "countries" : "nodes";
  const pair = (name, value) => make("div", {}, make("dd", { id: `count-${name}`, text: number(value) }), make("dt", { text: word(name === "nodes" ? nodeWord : name) }));
  byId("counts").replaceChildren(pair("nodes", nodeCount), pair("links", links), pair("events", events), pair("articles", articles));
}

function segments(name, values, label) {
  return make("fieldset", { class: "segments" }, make("legend", { text: label }),
    make("div", {}, ...values.map(([value, text]) => make("button", { type: "button", "aria-pressed": String(state[name] === value), "data-key": `${name}=${value}`, text, onclick: () => change({ [name]: value, ...(name === "lang" ? {} : { group: [] }) }) }))));
}

function showChoices() {
  const names = [...levels.keys()].map((name) => [name, word("level_" + name.replace(/^\w+-/, "partner-"))]);
  const colours = coloursHere();
  keepFocus(byId("choices"), () => byId("choices").replaceChildren(
    ...(names.length > 1 ? [segments("level", names, word("level"))] : []),
    ...(colours.length > 1 ? [segments("colour", colours.map((name) => [name, word("colour_" + name)]), word("colour"))] : []),
    legend(),
  ));
}

function legend() {
  const groups = new Map();
  for (const node of level().nodes) groups.set(groupOf(node), seen.groups.get(groupOf(node)) || 0);
  const order = state.colour === "kind" ? style.kinds : [...level().ranks[state.colour].map(String), "others"];
  const rows = [...groups].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  return make("div", { class: "list", role: "group", "aria-label": word("colour") }, ...rows.map(([group, count]) =>
    option("group", group, groupName(group), count, swatch(state.colour === "kind" ? style.kindShapes[group] || "dot" : "dot", groupColour(group)))));
}

function option(name, value, text, count, mark = null) {
  const isOn = state[name].includes(value);
  return make("button", { type: "button", class: count ? "option" : "option empty", "aria-pressed": String(isOn), "data-key": `${name}=${value}`,
    onclick: () => change({ [name]: isOn ? state[name].filter((item) => item !== value) : [...state[name], value] }) },
    mark, make("span", { class: "text", title: text, text }), make("span", { class: "count", text: number(count) }));
}

function facet(name, order, textOf, markOf = () => null) {
  const found = facetCounts(name);
  const values = order ? order.filter((value) => found.has(value)) : [...found.keys()].sort((a, b) => found.get(b) - found.get(a) || (a > b ? 1 : -1));
  if (values.length < 2 && state[name].length === 0) return null;
  return make("details", { open: true, "data-name": name }, make("summary", { text: word({ source: "article_language" }[name] || name) }),
    make("div", { class: "list", role: "group" }, ...values.map((value) => option(name, value, textOf(value), found.get(value), markOf(value)))));
}

function showFilters() {
  const box = byId("filters");
  const closed = new Set([...box.querySelectorAll("details:not([open])")].map((item) => item.dataset.name));
  const scroll = byId("side").scrollTop;
  const statusText = (value) => `${word("status_" + value)} (${word("says_" + value)})`;
  keepFocus(box, () => box.replaceChildren(...[
    facet("status", style.statuses, statusText, statusLine),
    facet("type", style.types, (value) => word("type_" + value)),
    facet("sector", null, concept),
    facet("source", null, languageName),
    weightSlider(),
    make("p", { class: "note", text: word("legend_shapes") }),
  ].filter(Boolean)));
  for (const item of box.querySelectorAll("details")) if (closed.has(item.dataset.name)) item.open = false;
  byId("side").scrollTop = scroll;
}

// A control that is built anew keeps the keyboard's focus.
function keepFocus(box, build) {
  const key = box.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  build();
  if (key) [...box.querySelectorAll("[data-key]")].find((item) => item.dataset.key === key)?.focus({ preventScroll: true });
}

function weightSlider() {
  const weights = [...new Set(level().edges.map((edge) => Math.round(edge.shares.reduce((sum, [, share]) => sum + share, 0) * 1000) / 1000))].sort((a, b) => a - b);
  if (weights.length < 2) return null;
  const steps = weights.length > 60 ? Array.from({ length: 60 }, (_, step) => weights[Math.floor((step * (weights.length - 1)) / 59)]) : weights;
  steps[0] = 0;
  const at = Math.max(0, steps.findLastIndex((weight) => weight <= state.weight + 1e-9));
  const value = make("output", { text: state.weight ? `${word("weight_at_least")} ${number(state.weight)}` : "" });
  const slider = make("input", { type: "range", id: "weight", min: 0, max: steps.length - 1, step: 1, value: at, "aria-label": word("weight"), "data-key": "weight",
    oninput: () => { value.textContent = `${word("weight_at_least")} ${number(steps[slider.value])}`; later("weight", () => change({ weight: steps[slider.value] }, false)); } });
  return make("div", { class: "slider" }, make("label", { for: "weight" }, make("span", { text: word("weight") }), value), slider);
}

// Work that is asked for again before its frame has come is done once.
const waiting = {};
function later(name, work) {
  cancelAnimationFrame(waiting[name]);
  waiting[name] = requestAnimationFrame(work);
}

function showTools() {
  const tool = (text, name, work) => make("button", { type: "button", text, title: word(name), "aria-label": word(name), onclick: work });
  const zoom = (factor) => () => network.moveTo({ scale: network.getScale() * factor, animation: motion() });
  byId("tools").replaceChildren(
    make("div", { class: "group" }, ...languages.map((lang) => make("button", { type: "button", lang, title: data.words[lang].language, "aria-pressed": String(lang === state.lang), text: lang.toUpperCase(), onclick: () => change({ lang }) }))),
    make("div", { class: "group" }, tool("+", "zoom_in", zoom(1.4)), tool("−", "zoom_out", zoom(1 / 1.4)), tool("⤢", "fit", () => fit()), tool("◐", "theme", () => setTheme(theme.isDark ? "light" : "dark")), tool("⎙", "print", () => print())));
}

function showNotice() {
  const notice = byId("notice");
  const isCut = seen.all > seen.edges.length;
  notice.hidden = !(seen.nodes.size === 0 || isCut || (state.all && seen.all > style.openingLinks));
  const text = seen.nodes.size === 0 ? word("nothing") : isCut ? word("strongest_shown").replace("{shown}", number(seen.edges.length)).replace("{all}", number(seen.all)) : "";
  const button = seen.nodes.size === 0 ? null : make("button", { type: "button", class: "quiet", text: word(isCut ? "show_all" : "show_strongest"), onclick: () => change({ all: isCut }) });
  notice.replaceChildren(make("span", { text }), ...(button ? [button] : []));
}

function startSearch() {
  const field = byId("query");
  const list = byId("suggestions");
  let found = [];
  let at = -1;
  const close = () => { list.hidden = true; field.setAttribute("aria-expanded", "false"); at = -1; };
  const take = (node) => {
    field.value = nodeName(node);
    close();
    if (!seen.nodes.has(node)) Object.assign(state, JSON.parse(JSON.stringify({ ...initial, level: state.level, colour: state.colour, lang: state.lang, all: true })));
    look();
    choose(["node", node.key]);
    showControls();
    showTime();
    goTo(node);
  };
  const mark = () => [...list.children].forEach((item, place) => { item.setAttribute("aria-selected", String(place === at)); if (place === at) { item.scrollIntoView({ block: "nearest" }); field.setAttribute("aria-activedescendant", item.id); } });
  field.addEventListener("input", () => {
    const query = plain(field.value.trim());
    const rank = (node) => { const names = namesOf(node); return names.some((name) => name.startsWith(query)) ? 0 : names.some((name) => name.includes(" " + query)) ? 1 : names.some((name) => name.includes(query)) ? 2 : 3; };
    found = query ? level().nodes.map((node) => [rank(node), node]).filter(([place]) => place < 3).sort((a, b) => a[0] - b[0] || b[1].size - a[1].size).slice(0, 8).map(([, node]) => node) : [];
    at = found.length ? 0 : -1;
    list.replaceChildren(...(found.length ? found.map((node, place) => make("li", { id: `suggestion-${place}`, role: "option", onmousedown: (press) => { press.preventDefault(); take(node); } },
      swatch(node.shape, groupColour(groupOf(node))), make("span", { text: nodeName(node) }), make("span", { class: "faint", text: node.kind === "country" ? "" : node.country ? countryName(node.country) : "" })))
      : [make("li", { class: "none", text: word("no_match") })]));
    list.hidden = !query;
    field.setAttribute("aria-expanded", String(Boolean(query)));
    mark();
  });
  field.addEventListener("keydown", (key) => {
    if (key.key === "ArrowDown" || key.key === "ArrowUp") { at = (at + (key.key === "ArrowDown" ? 1 : -1) + found.length) % Math.max(found.length, 1); mark(); key.preventDefault(); }
    if (key.key === "Enter" && found[at]) take(found[at]);
    if (key.key === "Escape") close();
  });
  field.addEventListener("blur", close);
}

function namesOf(node) {
  node.names ||= [nodeName(node), node.name, ...Object.values(node.labels || {}), ...languages.map((lang) => (node.kind === "country" && data.countries[lang][node.country]) || "")].filter(Boolean).map(plain);
  return node.names;
}
