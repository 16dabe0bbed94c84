"use strict";
// Keys for everything on the page. A control says its own key: data-key presses it, data-focus and data-group go to
// it, data-digit chooses it. Keys rest while one writes in a field, and can be switched off.
const all = (selector) => Array.from(document.querySelectorAll(selector));
const by = (id) => document.getElementById(id);

function writing(target) {
  return target.matches("textarea:not([aria-readonly]), input:not([type=radio]):not([type=checkbox])");
}

function press(key) {
  const control = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (control) { control.click(); return true; }
  const digit = document.querySelector(`[data-digit="${CSS.escape(key)}"]`);
  if (digit) { digit.focus(); digit.click(); return true; }
  return goTo(key);
}

function goTo(key) {
  const name = CSS.escape(key);
  const missed = document.querySelector(`[data-selected="${name}"]`);
  if (missed) missed.value = selection() || missed.value;
  const field = missed || document.querySelector(`[data-focus="${name}"], [data-group="${name}"]:checked`)
    || document.querySelector(`[data-group="${name}"]`);
  field?.focus();
  return Boolean(field);
}

function selection() {
  const text = by("page_text");
  return (text?.value.slice(text.selectionStart, text.selectionEnd) ?? "").replace(/\s+/g, " ").trim();
}

document.addEventListener("keydown", (event) => {
  const on = by("keys")?.checked ?? true;
  if (event.key === "Escape") { document.activeElement.blur(); return; }
  if (event.key === "Enter" && event.ctrlKey) { press("a"); event.preventDefault(); return; }
  if (!on || event.ctrlKey || event.altKey || event.metaKey || writing(event.target)) return;
  if (event.key === "Enter" && event.target.matches("a, button, input, summary")) return;
  if (press(event.key)) event.preventDefault();
});

// A status has a position that goes with it (the coding scheme's table); choosing one sets the other where they clash.
const FITTING = {
  adopted: ["agree", "neutral"], partly_adopted: ["partly", "agree", "disagree", "neutral"], deferred: ["neutral"],
  rejected: ["disagree"], unanswered: ["none"],
};
const chosen = (name) => document.querySelector(`input[name="${name}"]:checked`)?.value;
const choose = (name, value) => { document.querySelector(`input[name="${name}"][value="${value}"]`).checked = true; };

document.addEventListener("change", (event) => {
  if (event.target.name !== "status") return;
  const fitting = FITTING[event.target.value];
  if (!fitting.includes(chosen("position"))) choose("position", fitting[0]);
  if (event.target.value === "unanswered") choose("action", "none");
});

// The text of the page can be walked through and selected with the keyboard, which browsers allow only where one could
// write; so it is made writable, and every change is stopped.
const text = by("page_text");
if (text) {
  text.readOnly = false;
  text.addEventListener("beforeinput", (event) => event.preventDefault());
}

// The answer is the passages that are ticked, or what is taken from the text of the page.
all("[data-passage]").forEach((box) => box.addEventListener("change", () => {
  by("response_text").value = all("[data-passage]:checked").map((b) => b.dataset.passage).join(" […] ");
}));
all("[data-take]").forEach((button) => button.addEventListener("click", () => {
  const field = by(button.dataset.take), words = selection();
  if (!words) { by("page_text").focus(); return; }
  field.value = button.dataset.joint && field.value ? field.value + button.dataset.joint + words : words;
  field.focus();
}));

const box = document.querySelector(".sheets rect");
if (box) {
  const pane = document.querySelector(".sheets");
  pane.scrollTop = Math.max(0, box.getBoundingClientRect().top - pane.getBoundingClientRect().top - 120);
}

const keys = by("keys");
if (keys) {
  keys.checked = localStorage.getItem("keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
}
