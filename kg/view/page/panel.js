// The panel: what the articles say of a partner or of a link, newest first, with the quotes.
function choose(chosen, isFocused = true) {
  state.chosen = chosen;
  spotlight = null;
  hoveredEdge = null;
  byId("tip").hidden = true;
  remember(true);
  showMap();
  showPanel(isFocused);
}

const newestFirst = (a, b) => (sortDay(b) > sortDay(a) ? 1 : sortDay(b) < sortDay(a) ? -1 : a.place - b.place);
const sortDay = (event) => (event.when.length ? lastDay(event.when.at(-1)) : event.published[0] || "");

function showPanel(isFocused = false) {
  const panel = byId("panel");
  const thing = chosenThing();
  const wasHidden = panel.hidden;
  panel.hidden = !thing;
  byId("hint").hidden = Boolean(thing) || seen.nodes.size === 0;
  byId("hint").textContent = word("hint");
  document.body.classList.toggle("reading", Boolean(thing));
  panel.replaceChildren();
  if (!thing) return;
  const isNode = state.chosen[0] === "node";
  const places = isNode ? thing.events : thing.shares.map(([event]) => event);
  const events = places.filter((place) => seen.events.has(place)).map((place) => data.events[place]).sort(newestFirst);
  panel.append(
    make("button", { type: "button", class: "close", "aria-label": word("close"), title: word("close"), text: "×", onclick: () => choose(null) }),
    isNode ? nodeHead(thing) : edgeHead(thing),
    ...(isNode ? [neighbours(thing)] : []),
    make("h3", {}, make("span", { text: word("events_of") }), make("span", { class: "count", text: number(events.length) })),
  );
  showEvents(panel, events);
  panel.scrollTop = 0;
  if (wasHidden && isFocused) panel.focus({ preventScroll: true });
}

// A partner may have hundreds of events: so many at a time.
const PORTION = 40;

function showEvents(panel, events) {
  panel.append(...events.slice(0, PORTION).map(eventCard));
  const rest = events.slice(PORTION);
  if (rest.length === 0) return;
  const more = make("button", { type: "button", class: "quiet more", text: `${word("more")} (${number(rest.length)})`, onclick: () => {
    more.remove();
    showEvents(panel, rest);
    panel.querySelectorAll(".event")[panel.querySelectorAll(".event").length - Math.min(rest.length, PORTION)]?.focus({ preventScroll: true });
  } });
  panel.append(more);
}

function nodeHead(node) {
  const others = Object.entries(node.labels || {}).filter(([lang, text]) => lang !== state.lang && text !== nodeName(node));
  const line = [word("kind_" + node.kind), node.kind === "country" || !node.country ? null : countryName(node.country)].filter(Boolean).join(" · ");
  return make("header", {},
    make("p", { class: "line" }, swatch(node.shape, groupColour(groupOf(node))), make("span", { text: line })),
    make("h2", { text: nodeName(node) }),
    others.length ? make("p", { class: "names", text: [...new Set(others.map(([, text]) => text))].join(" · ") }) : null,
  );
}

function edgeHead(edge) {
  const name = (node) => make("button", { type: "button", class: "name", onclick: () => { choose(["node", node.key]); goTo(node); } }, swatch(node.shape, groupColour(groupOf(node))), make("span", { text: nodeName(node) }));
  return make("header", {},
    make("p", { class: "line" }, statusLine(edge.status), make("span", { text: word("status_" + edge.status) }), make("span", { text: `${word("weight_word")} ${number(edge.weight)}` })),
    make("h2", { class: "pair" }, ...edge.ends.map(name)),
  );
}

function neighbours(node) {
  const links = node.edges.filter((edge) => seenEdges.has(edge)).sort((a, b) => b.weight - a.weight).slice(0, 400);
  if (links.length === 0) return null;
  const top = links[0].weight || 1;
  const row = (edge) => {
    const other = edge.ends[0] === node ? edge.ends[1] : edge.ends[0];
    const bar = make("span", { class: "bar" });
    bar.style.setProperty("--part", edge.weight / top);
    return make("li", {}, make("button", { type: "button", onclick: () => choose(["edge", node.key, other.key]) },
      make("span", { class: "who", text: nodeName(other) }), bar, make("span", { class: "count", text: number(edge.count) })));
  };
  return make("section", {}, make("h3", {}, make("span", { text: word("partner_of") }), make("span", { class: "count", text: number(links.length) })), make("ul", { class: "neighbours" }, ...links.map(row)));
}

function eventCard(event) {
  const dates = event.when.length ? event.when.map(dateText).join(" – ") : word("no_date");
  const isLit = spotlight === event;
  return make("article", { class: "event", tabindex: "0", "data-place": event.place, "aria-pressed": String(isLit),
    onclick: (click) => { if (!click.target.closest("a, button") && !String(getSelection())) point(event); },
    onkeydown: (key) => { if (key.key === "Enter" && key.target.matches(".event")) point(event); } },
    make("p", { class: "line" }, statusLine(event.status), make("b", { text: word("type_" + event.type) }),
      make("span", { text: word("status_" + event.status) }), make("time", { text: [dates, ...event.places].join(", ") })),
    make("p", { class: "with" }, ...event.partners.map(([iri, role]) => participant(iri, role))),
    toldBy(event),
    differences(event),
    ...quotesByArticle(event).map(([place, said]) => quotes(place, said, event)),
    event.sectors.length ? make("p", { class: "chips" }, ...event.sectors.map((id) => make("span", { class: "chip", text: concept(id) }))) : null,
    event.activities.length ? make("p", { class: "activities", text: event.activities.map(concept).join(" · ") }) : null,
    make("button", { type: "button", class: "quiet", text: word("show_on_map"), onclick: () => point(event) }),
  );
}

// How many articles tell of an event, how many of them are independent, and in which languages.
function toldBy(event) {
  const places = [...new Set(event.quotes.map(([place]) => place))];
  if (places.length < 2 || !event.sources) return null;
  const spoken = [...new Set(places.map((place) => data.articles[place].lang).filter(Boolean))].map(languageName);
  const sources = word(event.sources === 1 ? "source_independent" : "sources_independent");
  return make("p", { class: "activities told", text: [`${number(places.length)} ${word("articles")}`, `${number(event.sources)} ${sources}`, spoken.join(", ")].filter(Boolean).join(" · ") });
}
// Each value in which the articles differ, with those that say so.
function differences(event) {
  if (!event.differences.length) return null;
  const value = (what, text) => (what === "status" ? word("status_" + text) : what === "date" ? dateText(text) : text);
  const who = (places) => [...new Set(places.map((place) => data.articles[place].source || data.articles[place].title || data.articles[place].id))].join(", ");
  const row = ([what, text, places]) => make("li", {}, make("span", { text: `${word("what_" + what)}: ${value(what, text)}` }), make("span", { class: "about", text: who(places) }));
  return make("section", { class: "differences" }, make("b", { text: word("differ") }), make("ul", {}, ...event.differences.map(row)));
}
function quotesByArticle(event) {
  const found = new Map();
  for (const [place, ...said] of event.quotes) found.set(place, [...(found.get(place) || []), said]);
  return [...found];
}

function participant(iri, role) {
  const node = level().byKey.get(iri);
  const text = partnerName(iri) + (role ? ` (${word("roles_" + role)})` : "");
  return node ? make("button", { type: "button", class: "name", text, onclick: () => { choose(["node", iri]); goTo(node); } }) : make("span", { text });
}

// What one article says of the event, and where it says so.
function quotes(place, said, event) {
  const article = data.articles[place];
  const address = webAddress(article.url);
  const about = [article.source, article.published && dateText(article.published), article.lang && languageName(article.lang), event.repeated.includes(place) && word("repeats")].filter(Boolean).join(" · ");
  return make("figure", {},
    ...said.map(([before, text, after]) => make("blockquote", { lang: article.lang || null }, around(before, "before"), make("mark", { text }), around(after, "after"))),
    make("figcaption", {},
      address ? make("a", { href: address, target: "_blank", rel: "noopener noreferrer", title: word("open_article"), text: article.title || article.id }) : make("span", { class: "title", text: article.title || article.id }),
      about ? make("span", { class: "about", text: about }) : null));
}

// The words around a quote were cut by length: a word that was cut through is left out.
function around(text, side) {
  if (!text || !text.trim()) return null;
  const isCut = text.length > 24;
  const whole = !isCut ? text : side === "before" ? `… ${text.replace(/^\S*\s+/, "")}` : `${text.replace(/\s+\S*$/, "")} …`;
  return make("span", { class: "around", text: whole });
}

// Light up the partners of one event on the map; once more, and all is as before.
function point(event) {
  spotlight = spotlight === event ? null : event;
  showMap();
  for (const card of byId("panel").querySelectorAll(".event")) card.setAttribute("aria-pressed", String(Boolean(spotlight) && Number(card.dataset.place) === event.place));
  const found = spotlight ? nodesOfEvent(event) : [];
  if (found.length) isWhole = false;
  if (found.length) network.fit({ nodes: found.map((node) => node.id), animation: motion(), maxZoomLevel: Math.max(network.getScale(), 0.9) });
}

function statusLine(status) {
  const { dashes, colour } = style.statusStyles[status];
  const width = status === "ongoing" ? 3.2 : 2.2;
  return draw("svg", { class: "stroke", width: 30, height: 10, viewBox: "0 0 30 10", "aria-hidden": "true" },
    draw("line", { x1: 1, y1: 5, x2: 29, y2: 5, stroke: lineShade(colour), "stroke-width": width, "stroke-dasharray": dashes.join(" ") }));
}

function swatch(shape, colour) {
  const paths = { dot: "M7 1.5a5.5 5.5 0 1 0 .01 0Z", square: "M2 2h10v10H2Z", triangle: "M7 1.2 13 12H1Z", diamond: "M7 .5 13.5 7 7 13.5.5 7Z" };
  return draw("svg", { class: "swatch", width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, draw("path", { d: paths[shape] || paths.dot, fill: nodeShade(colour) }));
}
