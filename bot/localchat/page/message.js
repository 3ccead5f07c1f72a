// One message as an element.

import { formatted } from "./entities.js";
import { clock, fileSize, word } from "./words.js";

const SHEETS = /\.(xlsx?|xlsm|xlsb|ods|csv|tsv)$/i;

/**
 * `actions`: command(text), press(message, row, column, button), enlarge(photo, alt), find(id).
 */
export function messageElement(message, botName, actions) {
  const node = make("article", `message ${message.mine ? "mine" : "theirs"}`);
  node.dataset.message = message.id;
  const bubble = make("div", "bubble");
  const speaker = make("span", "unseen", message.mine ? word("youSaid") : word("said", botName));
  bubble.append(speaker);
  if (message.reply) bubble.append(quoted(message.reply, botName, actions));
  if (message.photo) bubble.append(photo(message, botName, actions));
  if (message.document) bubble.append(documentRow(message.document));
  bubble.append(textAndTime(message, actions));
  bubble.classList.toggle("with-photo", Boolean(message.photo));
  node.append(bubble);
  if (message.keyboard.length) node.append(keyboard(message, actions));
  return node;
}

export function make(tag, className = "", text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export function pendingElement(name) {
  const node = make("article", "message mine pending");
  const bubble = make("div", "bubble");
  const row = make("div", "document");
  const badge = make("span", "badge");
  const about = make("span", "about");
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", word("sending", name));
  badge.append(icon(SHEETS.test(name) ? "sheet" : "file"));
  about.append(make("span", "name", name), bar);
  row.append(badge, about);
  bubble.append(row);
  node.append(bubble);
  return { node, progress: (share) => (bar.value = share) };
}

function textAndTime(message, actions) {
  const body = make("div", "body");
  if (message.text) {
    const text = make("div", "text");
    text.append(formatted(message.text, message.entities, actions.command));
    body.append(text);
  }
  const time = make("time", "time", (message.edited ? `${word("edited")} ` : "") + clock(message.date));
  time.dateTime = new Date(message.date * 1000).toISOString();
  body.append(time);
  return body;
}

function photo(message, botName, actions) {
  const { url, width, height } = message.photo;
  const alt = message.text.slice(0, 200) || word("imageOf", message.mine ? word("you") : botName);
  const button = make("button", "photo");
  const image = document.createElement("img");
  image.src = url;
  image.width = width;
  image.height = height;
  image.alt = alt;
  button.type = "button";
  button.title = word("enlarge");
  button.append(image);
  button.addEventListener("click", () => actions.enlarge(message.photo, alt));
  return button;
}

function documentRow(file) {
  const row = make("a", "document");
  const badge = make("span", "badge");
  const about = make("span", "about");
  row.href = file.url;
  row.download = file.name;
  row.title = word("download", file.name);
  badge.append(icon(SHEETS.test(file.name) ? "sheet" : "file"));
  about.append(make("span", "name", file.name), make("span", "size", fileSize(file.size)));
  row.append(badge, about);
  return row;
}

function quoted(reply, botName, actions) {
  const button = make("button", "quoted");
  button.type = "button";
  button.append(make("strong", "", reply.mine ? word("you") : botName), make("span", "", reply.text));
  button.addEventListener("click", () => actions.find(reply.id)?.scrollIntoView({ block: "center" }));
  return button;
}

function keyboard(message, actions) {
  const block = make("div", "keyboard");
  message.keyboard.forEach((buttons, row) => {
    const line = make("div", "row");
    buttons.forEach((button, column) => line.append(inlineButton(message, button, row, column, actions)));
    block.append(line);
  });
  return block;
}

function inlineButton(message, button, row, column, actions) {
  const className = `inline ${button.style ?? ""}`.trim();
  if (button.url) {
    const link = make("a", className, button.text);
    link.href = button.url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.append(icon("link"), make("span", "unseen", ` (${word("opensPage")})`));
    return link;
  }
  const node = make("button", className, button.text);
  node.type = "button";
  node.addEventListener("click", async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await actions.press(message.id, row, column);
    node.removeAttribute("aria-busy");
  });
  return node;
}
