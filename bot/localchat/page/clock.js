// The day as this page plays it: what it is, and moving it forward.

import { moveClock } from "./server.js";
import { now, setClock, shortDay, word } from "./words.js";

const NOON = 12;
const AFTER_FIRST_WORKING_DAY = 4;

const root = document.querySelector(".clock");
const button = root.querySelector(".clock-now");
const menu = root.querySelector(".clock-menu");

/** Where each step leads: always to noon of a weekday, when an adviser may be written to. */
const STEPS = {
  day(date) {
    date.setDate(date.getDate() + 1);
  },
  week(date) {
    date.setDate(date.getDate() + 7);
  },
  month(date) {
    date.setMonth(date.getMonth() + 1, AFTER_FIRST_WORKING_DAY);
  },
};

function target(step) {
  const date = now();
  STEPS[step](date);
  while (step !== "day" && [0, 6].includes(date.getDay())) date.setDate(date.getDate() + 1);
  date.setHours(NOON, 0, 0, 0);
  return date.getTime();
}

function open(shown) {
  menu.hidden = !shown;
  button.setAttribute("aria-expanded", String(shown));
  if (shown) menu.querySelector("button").focus();
}

function step(event) {
  const all = [...menu.querySelectorAll("button")];
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    open(false);
    button.focus();
  } else if (by) {
    event.preventDefault();
    all[(all.indexOf(document.activeElement) + by + all.length) % all.length].focus();
  }
}

export function showDay() {
  root.querySelector("time").textContent = shortDay();
  button.setAttribute("aria-label", word("dayNow", shortDay()));
  button.title = word("moveDay");
}

export function onClock(milliseconds) {
  setClock(milliseconds);
  showDay();
}

/** Listen to the control; `failed` shows a sentence where the day could not be moved. */
export function listenToDay(failed) {
  button.addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("keydown", step);
  document.addEventListener("click", (event) => root.contains(event.target) || open(false));
  for (const choice of menu.querySelectorAll("[data-move]")) {
    choice.addEventListener("click", async () => {
      open(false);
      button.focus();
      try {
        await moveClock(target(choice.dataset.move));
      } catch (problem) {
        failed(problem.message);
      }
    });
  }
}
