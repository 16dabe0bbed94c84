"use strict";
// Search and filters over the rows, which stand in the page as HTML, so that it reads and prints without this script.
const rows = Array.from(document.querySelectorAll("#rows > .row"));
const by = (id) => document.getElementById(id);
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
let texts = null;

function matches(row, text, words) {
  return (!by("by-status").value || row.dataset.status === by("by-status").value)
    && (!by("by-issuer").value || row.dataset.issuer === by("by-issuer").value)
    && (!by("by-year").value || row.dataset.year === by("by-year").value)
    && (!by("only-review").checked || "review" in row.dataset)
    && words.every((word) => text.includes(word));
}

function filter() {
  texts ??= rows.map((row) => fold(row.textContent));
  const words = fold(by("query").value).split(/\s+/).filter(Boolean);
  let count = 0;
  rows.forEach((row, place) => {
    row.hidden = !matches(row, texts[place], words);
    count += row.hidden ? 0 : 1;
  });
  const shown = by("shown");
  shown.textContent = shown.dataset.text.replace("{count}", count.toLocaleString(document.documentElement.lang));
}

let timer = 0;
by("filters").addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(filter, 120); });
