// Where the person types: text, /commands with completion, files, and a reply that was asked for.

import { icon, make } from "./message.js";
import { currentLanguage, word } from "./words.js";

export class Composer {
  constructor(form, pane) {
    this.form = form;
    this.pane = pane;
    this.field = form.querySelector("textarea");
    this.list = form.querySelector(".commands");
    this.menu = form.querySelector(".attach");
    this.picker = form.querySelector(".file");
    this.commands = [];
    this.offered = [];
    this.chosen = 0;
    this.list.id = `commands-${pane.root.dataset.user}`;
    this.field.setAttribute("aria-controls", this.list.id);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.openCommands.addEventListener("pointerdown", (event) => event.preventDefault());
    this.openCommands.addEventListener("click", () => {
      if (!this.list.hidden) return this.close();
      this.field.focus();
      return this.offer(this.commands);
    });
    this.openAttach.addEventListener("click", () => {
      if (this.pane.ownSamples.length) this.showMenu(this.menu.hidden);
      else this.picker.click();
    });
    this.picker.addEventListener("change", async () => {
      const files = [...this.picker.files];
      this.picker.value = "";
      await this.pane.sendFiles(files);
    });
    this.field.addEventListener("paste", (event) => {
      if (!event.clipboardData.files.length) return;
      event.preventDefault();
      this.pane.sendFiles(event.clipboardData.files);
    });
    document.addEventListener("click", (event) => {
      if (!this.menu.contains(event.target) && !this.openAttach.contains(event.target)) this.showMenu(false);
    });
    this.form.querySelector(".replying button").addEventListener("click", () => this.replyTo(null));
  }

  get openCommands() {
    return this.form.querySelector(".open-commands");
  }

  get openAttach() {
    return this.form.querySelector(".open-attach");
  }

  setCommands(commands) {
    this.commands = commands;
    this.openCommands.hidden = !commands.length;
  }

  setAttachments(samples) {
    const choose = this.menuItem("clip", word("chooseFile"), () => this.picker.click());
    const rest = samples.map((sample) =>
      this.menuItem("sheet", sample.label[currentLanguage()], () => this.pane.sendSample(sample)),
    );
    this.menu.replaceChildren(choose, ...rest);
  }

  menuItem(picture, label, action) {
    const item = make("button");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    item.append(icon(picture), make("span", "", label));
    item.addEventListener("click", () => {
      this.showMenu(false);
      action();
    });
    return item;
  }

  showMenu(shown) {
    this.menu.hidden = !shown;
    this.openAttach.setAttribute("aria-expanded", String(shown));
    if (shown) this.menu.firstElementChild.focus();
  }

  replyTo(message, placeholder = "") {
    this.answered = message?.id;
    this.form.querySelector(".replying").hidden = !message;
    this.form.querySelector(".replying p").textContent = message?.text ?? "";
    this.field.placeholder = placeholder || word("type");
    if (message && this.pane.isFront) this.field.focus();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const replyTo = this.answered;
    this.field.value = "";
    this.typed();
    this.replyTo(null);
    if ((await this.pane.say(text, replyTo)) === null && !this.field.value) {
      this.field.value = text;
      this.typed();
    }
  }

  typed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 160)}px`;
    this.form.classList.toggle("has-text", Boolean(this.field.value.trim()));
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (!typed) return this.close();
    return this.offer(this.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())));
  }

  key(event) {
    const isOpen = !this.list.hidden;
    if (isOpen && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (isOpen && event.key === "Escape") {
      event.stopPropagation();
      this.close();
    } else if (isOpen && event.key === "Tab" && !event.shiftKey) {
      event.preventDefault();
      this.complete(this.offered[this.chosen]);
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (isOpen) this.send(this.offered[this.chosen]);
      else this.submit();
    } else if (event.key === "Escape") {
      this.replyTo(null);
    }
  }

  offer(commands) {
    if (!commands.length) return this.close();
    this.offered = commands;
    this.list.replaceChildren(...commands.map((command, index) => this.option(command, index)));
    this.setOpen(true);
    return this.choose(0);
  }

  option(command, index) {
    const item = make("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.append(make("strong", "", `/${command.command}`), make("span", "", command.description));
    item.addEventListener("click", () => this.send(command));
    return item;
  }

  choose(index) {
    this.chosen = (index + this.offered.length) % this.offered.length;
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === this.chosen));
    });
    const item = this.list.children[this.chosen];
    item.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", item.id);
  }

  complete(command) {
    this.field.value = `/${command.command} `;
    this.typed();
  }

  send(command) {
    this.field.value = `/${command.command}`;
    this.close();
    this.submit();
  }

  close() {
    this.setOpen(false);
    this.field.removeAttribute("aria-activedescendant");
  }

  setOpen(open) {
    this.list.hidden = !open;
    this.field.setAttribute("aria-expanded", String(open));
    this.openCommands.setAttribute("aria-expanded", String(open));
  }
}
