// The page as a whole: who is there, who is in front, and which change goes to whom.

import { listenToDay, onClock, showDay } from "./clock.js";
import { Pane } from "./pane.js";
import { listen } from "./server.js";
import { chooseLanguage, currentLanguage, languageIsChosen, translate, word } from "./words.js";

const tabs = document.querySelector(".people");
const room = document.querySelector(".panes");
const lost = document.querySelector(".lost");
const viewer = document.querySelector(".viewer");
const alertBox = document.querySelector(".alert");
const panes = new Map();
let bot = { name: "" };
let samples = [];

const page = {
  enlarge(photo, alt) {
    const image = viewer.querySelector("img");
    image.src = photo.url;
    image.alt = alt;
    viewer.showModal();
  },
  alert(text) {
    alertBox.querySelector("p").textContent = text;
    alertBox.showModal();
  },
  unread(pane, count) {
    const badge = pane.tab.querySelector(".count");
    badge.textContent = count;
    badge.hidden = !count || pane.isFront;
  },
  front,
};

function showPerson(person) {
  const known = panes.get(person.id);
  if (known) return known.show(person);
  const pane = new Pane(person, bot, samples, page, panes.size);
  panes.set(person.id, pane);
  if (languageIsChosen()) pane.setLanguage(currentLanguage());
  pane.tab.addEventListener("click", () => front(pane));
  tabs.append(pane.tab);
  room.append(pane.root);
  room.dataset.people = panes.size;
  if (panes.size === 1) front(pane);
}

function front(pane) {
  for (const other of panes.values()) other.setFront(other === pane);
}

function onKey(event) {
  const all = [...panes.values()];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const current = all.findIndex((pane) => pane.isFront);
  const next = all[(current + step + all.length) % all.length];
  front(next);
  next.tab.focus();
}

function onSnapshot(state) {
  lost.hidden = true;
  ({ bot, samples } = state);
  onClock(state.now);
  const present = new Set(state.people.map((person) => person.id));
  for (const [id, pane] of panes) {
    if (present.has(id)) continue;
    pane.tab.remove();
    pane.root.remove();
    panes.delete(id);
  }
  state.people.forEach(showPerson);
}

function onChange(change) {
  if (change.kind === "clock") {
    onClock(change.now);
    for (const pane of panes.values()) pane.nameDays();
  } else if (change.kind === "profile") {
    for (const standing of change.people) panes.get(standing.id)?.setStanding(standing);
  } else if (change.kind === "person") {
    showPerson(change.person);
  } else {
    panes.get(change.user)?.take(change);
  }
}

function speak(language) {
  document.documentElement.lang = language;
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  }
  translate(document);
  showDay();
  for (const pane of panes.values()) pane.speak();
}

for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => {
    chooseLanguage(button.dataset.language);
    speak(currentLanguage());
    for (const pane of panes.values()) pane.setLanguage(currentLanguage());
  });
}
tabs.addEventListener("keydown", onKey);
listenToDay(page.alert);
viewer.addEventListener("click", (event) => event.target === viewer && viewer.close());

// A file that misses a chat must not replace the page.
for (const kind of ["dragover", "drop"]) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    const target = event.target instanceof Element ? event.target.closest(".pane") : null;
    const chosen = [...panes.values()].find((pane) => (target ? pane.root === target : pane.isFront));
    if (!event.dataTransfer?.types.includes("Files")) return;
    for (const pane of panes.values()) pane.offerDrop(kind === "dragover" && pane === chosen);
    if (kind === "drop" && chosen) chosen.sendFiles(event.dataTransfer.files);
  });
}
window.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) for (const pane of panes.values()) pane.offerDrop(false);
});

speak(currentLanguage());
listen({
  onSnapshot,
  onChange,
  onLost() {
    lost.hidden = false;
    lost.textContent = word("lost");
  },
});
