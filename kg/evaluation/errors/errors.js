"use strict";
const form = document.getElementById("filters");
const articles = [...document.querySelectorAll("article")].map((element) => ({
  element,
  mistakes: [...element.querySelectorAll(".mistakes li")],
}));

function fits(item, element, wanted) {
  const words = `${element.id} ${item.textContent}`.toLowerCase();
  return (
    (!wanted.lang || element.dataset.lang === wanted.lang) &&
    ["kind", "side", "type"].every((name) => !wanted[name] || item.dataset[name] === wanted[name]) &&
    words.includes(wanted.words.trim().toLowerCase())
  );
}

function filter() {
  const wanted = Object.fromEntries(new FormData(form));
  let shown = 0;
  for (const { element, mistakes } of articles) {
    let here = 0;
    for (const item of mistakes) {
      item.hidden = !fits(item, element, wanted);
      here += !item.hidden;
    }
    element.hidden = !here;
    shown += here;
  }
  document.getElementById("shown").value = shown;
}

function point(event, follow) {
  const source = event.target.closest("[data-at]");
  const article = event.target.closest("article");
  document.querySelectorAll(".on").forEach((mark) => mark.classList.remove("on"));
  if (!source || !article || source.tagName === "MARK") return;
  const wanted = new Set(source.dataset.at.split(" ").filter(Boolean));
  const marks = [...article.querySelectorAll("mark")].filter((mark) =>
    mark.dataset.at.split(" ").some((place) => wanted.has(place)),
  );
  marks.forEach((mark) => mark.classList.add("on"));
  if (follow && marks.length) marks[0].scrollIntoView({ block: "nearest" });
}

form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
document.addEventListener("mouseover", (event) => point(event, false));
document.addEventListener("focusin", (event) => point(event, true));
filter();
