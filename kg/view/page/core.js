// The data of the page, its words, and small helpers. Texts of articles only ever become text nodes.
const data = JSON.parse(document.getElementById("data").textContent);
const style = data.style;
const languages = Object.keys(data.words);

const state = {
  level: data.levels[0].name,
  colour: data.colour,
  lang: data.lang,
  type: [], status: [], sector: [], source: [], group: [],
  since: null, until: null, undated: true, clock: "event",
  weight: 0, all: false,
  chosen: null, // ["node", key] or ["edge", key, key]
};
const initial = JSON.parse(JSON.stringify(state));

const byId = (id) => document.getElementById(id);
const word = (name) => data.words[state.lang][name] ?? name;
const has = (list, item) => list.length === 0 || list.includes(item);
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
const number = (value) => new Intl.NumberFormat(state.lang, { maximumFractionDigits: 2 }).format(value);

function make(tag, values = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) {
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function draw(tag, values = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(values)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

function concept(id) {
  const labels = data.vocabulary[id];
  if (labels && labels[state.lang]) return labels[state.lang];
  const text = id.replaceAll("-", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const countryName = (code) => (code ? data.countries[state.lang][code] ?? code : word("unknown"));
const languageName = (code) => data.languages[state.lang][code] ?? code;

function nodeName(node) {
  if (node.kind === "country" && node.country) return countryName(node.country);
  if (node.kind === "sector") return concept(node.key);
  if (node.kind === "event") return node.name.replace(/^\S+/, (type) => word("type_" + type));
  return (node.labels && node.labels[state.lang]) || node.name || node.label;
}

const partnerName = (iri) => {
  const partner = data.partners[iri];
  return partner ? nodeName({ ...partner, name: partner.label, key: iri }) : iri;
};

// An ISO date at whatever precision it has: year, month or day.
function dateText(iso) {
  if (!iso) return word("no_date");
  const [year, month, day] = iso.split("-").map(Number);
  const shape = day ? { year: "numeric", month: "long", day: "numeric" } : month ? { year: "numeric", month: "long" } : { year: "numeric" };
  const date = new Date(Date.UTC(year, (month || 1) - 1, day || 1));
  return Number.isNaN(date.getTime()) ? iso : new Intl.DateTimeFormat(state.lang, { ...shape, timeZone: "UTC" }).format(date);
}

// Only addresses of the web become links; anything else (javascript:, data:, file:) does not.
function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

// Colours of the page as its style has them, for what is drawn on the canvas.
const theme = {};
function readTheme(name) {
  document.documentElement.dataset.theme = name;
  const values = getComputedStyle(document.documentElement);
  for (const [name, variable] of [["ground", "ground"], ["ink", "ink"], ["text", "text"], ["dimLine", "dim"], ["accent", "accent"]]) theme[name] = values.getPropertyValue(`--${variable}`).trim();
  theme.isDark = values.getPropertyValue("--dark").trim() === "1";
}

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const mix = (colour, other, amount) => { const far = channels(other); return `#${channels(colour).map((value, place) => Math.round(value * (1 - amount) + far[place] * amount).toString(16).padStart(2, "0")).join("")}`; };

// On a dark ground dark colours of nodes are lifted; of lines the strongest, which is the darkest, becomes the lightest.
const lightness = (colour) => { const all = channels(colour); return (Math.max(...all) + Math.min(...all)) / 510; };
const nodeShade = (colour) => (theme.isDark && lightness(colour) < 0.58 ? mix(colour, "#ffffff", (0.58 - lightness(colour)) * 1.3) : colour);
function lineShade(colour) {
  if (!theme.isDark) return colour;
  const is = lightness(colour);
  return is < 0.5 ? mix(colour, "#ffffff", (0.5 - is) * 2.6) : mix(colour, "#000000", is - 0.22);
}
