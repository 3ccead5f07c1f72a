// Text with Telegram's entities becomes elements; text itself is only ever set as text.

import { word } from "./words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const SAFE_ADDRESS = /^(https?:\/\/|mailto:|tel:)/i;

/** Offsets count UTF-16 units, which is how this language counts text too. */
export function formatted(text, entities, onCommand) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return fragment(text, 0, text.length, sorted, onCommand);
}

function fragment(text, begin, end, entities, onCommand) {
  const nodes = document.createDocumentFragment();
  let position = begin;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const from = Math.max(entity.offset, position);
    const to = Math.min(entity.offset + entity.length, end);
    if (to <= from) {
      rest = others;
      continue;
    }
    nodes.append(text.slice(position, from));
    const inner = others.filter((other) => other.offset < to);
    const shown = text.slice(from, to);
    nodes.append(element(entity, shown, fragment(text, from, to, inner, onCommand), onCommand));
    position = to;
    rest = others.filter((other) => other.offset + other.length > to);
  }
  nodes.append(text.slice(position, end));
  return nodes;
}

function element(entity, text, content, onCommand) {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, content);
    case "url":
      return link(text, content);
    case "bot_command":
      return command(text, onCommand);
    case "spoiler":
      return spoiler(content);
    case "expandable_blockquote":
      return expandable(content);
    default: {
      const node = document.createElement(TAGS[entity.type] ?? "span");
      node.append(content);
      return node;
    }
  }
}

function link(address, content) {
  const node = document.createElement(SAFE_ADDRESS.test(address) ? "a" : "span");
  if (node instanceof HTMLAnchorElement) {
    node.href = address;
    node.target = "_blank";
    node.rel = "noopener noreferrer";
  }
  node.append(content);
  return node;
}

function command(text, onCommand) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "command";
  node.textContent = text;
  node.addEventListener("click", () => onCommand(text));
  return node;
}

function spoiler(content) {
  const node = document.createElement("span");
  const reveal = () => {
    node.className = "spoiler shown";
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.className = "spoiler";
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.setAttribute("aria-label", word("reveal"));
  node.append(content);
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      reveal();
    }
  });
  return node;
}

function expandable(content) {
  const quote = document.createElement("blockquote");
  const body = document.createElement("div");
  const toggle = document.createElement("button");
  body.className = "folded";
  body.append(content);
  toggle.type = "button";
  toggle.className = "command";
  toggle.textContent = word("readMore");
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => {
    const folded = body.classList.toggle("folded");
    toggle.textContent = word(folded ? "readMore" : "readLess");
    toggle.setAttribute("aria-expanded", String(!folded));
  });
  quote.append(body, toggle);
  return quote;
}
