// State in; which events, links and nodes are seen, and how many each choice would leave.
const levels = new Map(data.levels.map((level) => [level.name, prepared(level)]));
const level = () => levels.get(state.level);

data.events.forEach((event, place) => {
  event.place = place;
  event.languages = [...new Set(event.quotes.map(([article]) => data.articles[article].lang).filter(Boolean))];
  event.published = event.quotes.map(([article]) => data.articles[article].published).filter(Boolean).sort();
  event.when = [...event.dates].sort();
});

const facets = {
  type: (event) => [event.type],
  status: (event) => [event.status],
  sector: (event) => event.sectors,
  source: (event) => event.languages,
};

function prepared(level) {
  level.byKey = new Map(level.nodes.map((node) => [node.key, node]));
  level.edgeByEnds = new Map();
  for (const node of level.nodes) node.edges = [];
  for (const edge of level.edges) {
    edge.ends = [level.nodes[edge.from], level.nodes[edge.to]];
    edge.ends.forEach((node) => node.edges.push(edge));
    level.edgeByEnds.set(edge.ends.map((node) => node.key).sort().join("\n"), edge);
  }
  level.ranks = {};
  for (const name of ["country", "community"]) {
    const counts = new Map();
    for (const node of level.nodes) {
      if (node[name] !== null && node[name] !== undefined) counts.set(node[name], (counts.get(node[name]) || 0) + 1);
    }
    // A community of one is none.
    level.ranks[name] = [...counts].filter(([, count]) => name !== "community" || count > 1).sort((a, b) => b[1] - a[1] || (a[0] > b[0] ? 1 : -1)).map(([value]) => value);
  }
  return level;
}

// A colour that every node has for itself says nothing, as countries do when the nodes are countries.
function coloursHere() {
  const says = (name) => level().ranks[name].length > 1 && level().nodes.filter((node) => node[name] !== null && node[name] !== undefined).length > level().ranks[name].length * 1.1;
  return ["kind", "country", "community"].filter((name) => name === "kind" || says(name));
}

// The group of a node under the present colouring, as text that can stand in the address.
function groupOf(node) {
  const value = node[state.colour];
  if (state.colour === "kind") return value;
  const rank = level().ranks[state.colour].indexOf(value);
  return rank < 0 || rank >= style.groupColours.length - 1 ? "others" : String(value);
}

function groupColour(group) {
  if (state.colour === "kind") return style.kindColours[group] || style.kindColours.other;
  if (group === "others") return style.groupColours.at(-1);
  return style.groupColours[level().ranks[state.colour].findIndex((value) => String(value) === group)];
}

function groupName(group) {
  if (state.colour === "kind") return word("kind_" + group);
  if (group === "others") return word("others");
  return state.colour === "country" ? countryName(group) : communityName(group);
}

// A community is called after its two strongest members.
function communityName(group) {
  const members = level().nodes.filter((node) => String(node.community) === group).sort((a, b) => b.size - a.size || a.id - b.id);
  return members.length ? members.slice(0, 2).map(nodeName).join(", ") : `${word("community")} ${Number(group) + 1}`;
}

const firstDay = (date) => (date + "0000-01-01".slice(date.length)).slice(0, 10);
const lastDay = (date) => (date + "0000-12-31".slice(date.length)).slice(0, 10);
const datesOf = (event) => (state.clock === "event" ? event.when : event.published.slice(0, 1));

function isInTime(event) {
  const dates = datesOf(event);
  if (dates.length === 0) return state.undated;
  if (state.since === null && state.until === null) return true;
  const since = state.since ? firstDay(state.since) : "0000";
  const until = state.until ? lastDay(state.until) : "9999";
  return dates.some((date) => lastDay(date) >= since && firstDay(date) <= until);
}

function passes(event, without = null) {
  for (const [name, valuesOf] of Object.entries(facets)) {
    if (name !== without && state[name].length > 0 && !valuesOf(event).some((value) => state[name].includes(value))) return false;
  }
  return without === "time" || isInTime(event);
}

// How many events each value of a facet would show, all other filters standing.
function facetCounts(name) {
  const counts = new Map();
  for (const event of data.events) {
    const isCounted = passes(event, name);
    for (const value of facets[name](event)) counts.set(value, (counts.get(value) || 0) + (isCounted ? 1 : 0));
  }
  return counts;
}

const seen = { events: new Set(), edges: [], nodes: new Map(), groups: new Map(), all: 0, heaviest: 1, strongest: 1 };

function look() {
  const here = level();
  if (!coloursHere().includes(state.colour)) Object.assign(state, { colour: "kind", group: [] });
  seen.events = new Set(data.events.filter((event) => passes(event)).map((event) => event.place));
  const candidates = [];
  seen.heaviest = 0;
  for (const edge of here.edges) {
    edge.weight = 0;
    edge.status = "ended";
    edge.count = 0;
    for (const [event, share] of edge.shares) {
      if (!seen.events.has(event)) continue;
      edge.weight += share;
      edge.count += 1;
      const status = data.events[event].status;
      if (style.statusOrder.indexOf(status) > style.statusOrder.indexOf(edge.status)) edge.status = status;
    }
    seen.heaviest = Math.max(seen.heaviest, edge.weight);
    if (edge.count > 0 && edge.weight >= state.weight - 1e-9) candidates.push(edge);
  }
  let edges = candidates.filter((edge) => edge.ends.some((node) => has(state.group, groupOf(node))));
  seen.all = edges.length;
  if (!state.all && edges.length > style.openingLinks) {
    edges = backbone(edges).slice(0, style.openingLinks);
  }
  seen.edges = edges;
  seen.nodes = new Map();
  for (const edge of edges) for (const node of edge.ends) seen.nodes.set(node, (seen.nodes.get(node) || 0) + edge.weight);
  const alone = state.weight > 0 ? [] : here.nodes.filter((node) => node.edges.length === 0 && node.events.some((event) => seen.events.has(event)));
  for (const node of alone) if (has(state.group, groupOf(node))) seen.nodes.set(node, 0);
  seen.groups = countGroups(candidates, alone);
  seen.strongest = [...seen.nodes.values()].reduce((a, b) => Math.max(a, b), 1e-9);
}

// The links that stand out come first: those of which it is unlikely (under 5 %) that a partner's strength,
// spread by chance over its links, gives them so much (disparity filter, Serrano and others 2009). Within
// these, and among the rest, the heavier first.
function backbone(edges) {
  const [strength, degree] = [new Map(), new Map()];
  for (const edge of edges) for (const node of edge.ends) {
    strength.set(node, (strength.get(node) || 0) + edge.weight);
    degree.set(node, (degree.get(node) || 0) + 1);
  }
  for (const edge of edges) edge.isOut = edge.ends.some((node) => (1 - edge.weight / strength.get(node)) ** (degree.get(node) - 1) < 0.05);
  return edges.sort((a, b) => b.isOut - a.isOut || b.weight - a.weight || b.count - a.count || a.from - b.from || a.to - b.to);
}

function countGroups(edges, alone) {
  const nodes = new Set([...edges.flatMap((edge) => edge.ends), ...alone]);
  const counts = new Map();
  for (const node of nodes) counts.set(groupOf(node), (counts.get(groupOf(node)) || 0) + 1);
  return counts;
}

function counts() {
  const shown = new Set();
  for (const edge of seen.edges) for (const [event] of edge.shares) if (seen.events.has(event)) shown.add(event);
  for (const [node, weight] of seen.nodes) if (weight === 0) node.events.forEach((event) => seen.events.has(event) && shown.add(event));
  const articles = new Set([...shown].flatMap((event) => data.events[event].quotes.map(([article]) => article)));
  return { nodes: seen.nodes.size, links: seen.edges.length, events: shown.size, articles: articles.size };
}
