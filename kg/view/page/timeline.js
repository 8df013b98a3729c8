// The strip under the map: how many events when, and the stretch of time that is seen.
let playing = null;

function bins() {
  const days = data.events.flatMap((event) => datesOf(event).slice(0, 1)).sort();
  if (days.length === 0) return [];
  const [from, to] = [Number(days[0].slice(0, 4)), Number(days.at(-1).slice(0, 4))];
  if (to - from > 7) return Array.from({ length: to - from + 1 }, (_, year) => String(from + year));
  const months = [];
  for (let year = from; year <= to; year += 1) for (let month = 1; month <= 12; month += 1) months.push(`${year}-${String(month).padStart(2, "0")}`);
  const first = months.indexOf(firstDay(days[0]).slice(0, 7));
  const last = months.indexOf(days.map((day) => lastDay(day).slice(0, 7)).sort().at(-1));
  return months.slice(first, last + 1);
}

// An event that is known to the year alone counts a little in each of its months.
function heights(steps, admits) {
  const sums = new Array(steps.length).fill(0);
  for (const event of data.events) {
    const [date] = datesOf(event);
    if (!date || !admits(event)) continue;
    const from = steps.findIndex((step) => lastDay(step) >= firstDay(date));
    let to = from;
    while (to + 1 < steps.length && firstDay(steps[to + 1]) <= lastDay(date)) to += 1;
    for (let step = from; step <= to; step += 1) sums[step] += 1 / (to - from + 1);
  }
  return sums;
}

function showTime() {
  const box = byId("time");
  const steps = bins();
  box.hidden = steps.length === 0;
  if (box.hidden) return;
  const all = heights(steps, () => true);
  const now = heights(steps, (event) => passes(event, "time"));
  const top = Math.max(...all, 1e-9);
  const [from, to] = range(steps);
  const bar = (height, name, step) => {
    const item = make("i", { class: name });
    item.style.height = `${(100 * Math.sqrt(height / top)).toFixed(1)}%`;
    return item;
  };
  const column = (step) => make("div", { class: step >= from && step <= to ? "column in" : "column", title: `${dateText(steps[step])}: ${number(Math.round(all[step] * 10) / 10)}` }, bar(all[step], "all"), bar(now[step], "now"));
  const slider = (name, value) => make("input", { type: "range", class: `thumb ${name}`, min: 0, max: steps.length - 1, value, "aria-label": word(name), "aria-valuetext": dateText(steps[value]), "data-key": name, oninput: (input) => { stopPlaying(); moveTime(steps, name, Number(input.target.value)); } });
  const undated = data.events.filter((event) => datesOf(event).length === 0).length;
  keepFocus(box, () => box.replaceChildren(
    make("div", { class: "head" },
      make("button", { type: "button", class: "play", "aria-label": word(playing ? "pause" : "play"), title: word(playing ? "pause" : "play"), text: playing ? "❚❚" : "▶", "data-key": "play", onclick: () => play(steps) }),
      make("select", { "aria-label": word("time"), "data-key": "clock", onchange: (input) => change({ clock: input.target.value, since: null, until: null }) },
        ...["event", "published"].map((clock) => make("option", { value: clock, selected: state.clock === clock, text: word("clock_" + clock) }))),
      make("span", { class: "range", id: "range", text: from === to ? dateText(steps[from]) : `${dateText(steps[from])} – ${dateText(steps[to])}` }),
      undated ? make("label", { class: "undated" }, make("input", { type: "checkbox", checked: state.undated, "data-key": "undated", onchange: (input) => change({ undated: input.target.checked }) }), make("span", { text: `${number(undated)} ${word("undated")}` })) : null),
    make("div", { class: "strip" }, make("div", { class: "columns" }, ...steps.map((_, step) => column(step))), slider("since", from), slider("until", to)),
    axis(steps)));
}

function axis(steps) {
  const marks = steps.map((step, place) => [step, place]).filter(([step, place]) => (step.length === 4 ? Number(step) % Math.ceil(steps.length / 10) === 0 : step.endsWith("-01") || place === 0));
  const line = make("div", { class: "axis" });
  for (const [step, place] of marks) {
    const mark = make("span", { text: step.slice(0, 4) });
    mark.style.left = `${((100 * place) / steps.length).toFixed(2)}%`;
    line.append(mark);
  }
  return line;
}

function range(steps) {
  const from = state.since ? steps.findIndex((step) => lastDay(step) >= firstDay(state.since)) : 0;
  const to = state.until ? steps.findLastIndex((step) => firstDay(step) <= lastDay(state.until)) : steps.length - 1;
  return [Math.max(from, 0), to < 0 ? steps.length - 1 : to];
}

function moveTime(steps, name, value) {
  let [from, to] = range(steps);
  if (name === "since") from = Math.min(value, to); else to = Math.max(value, from);
  later("time", () => change({ since: from === 0 ? null : steps[from], until: to === steps.length - 1 ? null : steps[to] }, false));
}

function play(steps) {
  if (playing) { stopPlaying(); showTime(); return; }
  let at = 0;
  const step = () => {
    state.since = null;
    state.until = at === steps.length - 1 ? null : steps[at];
    if (at === steps.length - 1) stopPlaying();
    at += 1;
    refresh();
    remember(false);
  };
  playing = setInterval(step, Math.max(90, Math.min(700, 9000 / steps.length)));
  step();
}

function stopPlaying() {
  clearInterval(playing);
  playing = null;
}
