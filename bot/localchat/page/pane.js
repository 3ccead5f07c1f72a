// One adviser's chat.

import { Composer } from "./composer.js";
import { icon, make, messageElement, pendingElement } from "./message.js";
import * as server from "./server.js";
import { currentLanguage, day, fileSize, translate, word } from "./words.js";

const NEAR_BOTTOM = 60;
const ACTION_SHOWN_MS = 5_500;
const TOAST_SHOWN_MS = 4_000;

export class Pane {
  constructor(person, bot, samples, page, place) {
    this.bot = bot;
    this.samples = samples;
    this.page = page;
    this.messages = new Map();
    this.elements = new Map();
    this.unread = 0;
    this.root = document.querySelector("#pane").content.cloneNode(true).firstElementChild;
    this.root.dataset.user = person.id;
    this.root.dataset.place = place;
    this.log = this.find(".log");
    this.scroller = this.find(".scroll");
    this.tab = this.makeTab(person, place);
    this.composer = new Composer(this.find(".composer"), this);
    this.listen();
    this.show(person);
    this.speak();
  }

  find(selector) {
    return this.root.querySelector(selector);
  }

  makeTab(person, place) {
    const tab = make("button", "tab");
    const count = make("span", "count");
    tab.type = "button";
    tab.id = `tab-${person.id}`;
    tab.dataset.place = place;
    tab.setAttribute("role", "tab");
    this.root.id = `pane-${person.id}`;
    this.root.setAttribute("aria-labelledby", tab.id);
    tab.setAttribute("aria-controls", this.root.id);
    count.hidden = true;
    tab.append(make("span", "avatar", person.name.slice(0, 1)), make("span", "", person.name), count);
    return tab;
  }

  listen() {
    this.root.addEventListener("focusin", () => this.isFront || this.page.front(this));
    this.root.addEventListener("pointerdown", () => this.isFront || this.page.front(this));
    this.scroller.addEventListener("scroll", () => this.scrolled());
    new ResizeObserver(() => this.stuck && this.toBottom()).observe(this.scroller);
    this.find(".newest").addEventListener("click", () => this.toBottom());
    this.find(".start").addEventListener("click", () => this.say("/start"));
    this.find(".unblock").addEventListener("click", () => this.setBlocked(false));
    const more = this.find(".more");
    const menu = this.find(".person-menu");
    const open = (shown) => {
      menu.hidden = !shown;
      more.setAttribute("aria-expanded", String(shown));
    };
    more.addEventListener("click", () => open(menu.hidden));
    this.root.addEventListener("click", (event) => more.contains(event.target) || open(false));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && open(false));
    this.find(".block").addEventListener("click", () => this.setBlocked(!this.person.blocked));
  }

  /** The whole chat as it stands. */
  show(person) {
    this.messages = new Map(person.messages.map((message) => [message.id, message]));
    this.setStanding(person);
    this.redraw();
  }

  setStanding(standing) {
    this.person = { ...this.person, ...standing };
    const blocked = this.person.blocked;
    this.find("h2").textContent = this.person.name;
    this.find(".pane-head .avatar").textContent = this.person.name.slice(0, 1);
    this.find(".description").textContent = this.person.description || word("description");
    this.find(".block").textContent = word(blocked ? "unblock" : "block");
    this.find(".blocked").hidden = !blocked;
    this.find(".composer").hidden = blocked;
    this.composer.setCommands(this.person.commands);
  }

  /** Say everything anew in the page's language. */
  speak() {
    translate(this.root);
    this.log.setAttribute("aria-label", word("chatOf", this.person.name));
    this.offerSamples();
    this.setStanding({});
    this.setStatus();
    this.redraw();
  }

  redraw() {
    const stuck = this.stuck;
    this.log.setAttribute("aria-live", "off");
    this.log.replaceChildren();
    this.elements.clear();
    for (const message of this.messages.values()) this.place(message);
    this.log.setAttribute("aria-live", "polite");
    this.showEmptiness();
    if (stuck) this.toBottom();
  }

  /** One change from the server. */
  take(change) {
    if (change.kind === "action") this.showAction(change.action);
    if (change.kind === "delete") this.remove(change.id);
    if (change.kind === "edit" && this.messages.has(change.id)) this.put(change.message);
    if (change.kind === "message") {
      // Also once the bot has taken the file out of the chat.
      if (change.message.mine && change.message.document) this.person.sent_file = true;
      this.put(change.message);
      if (!change.message.mine) this.arrived(change.message);
    }
  }

  arrived(message) {
    this.showAction("");
    if (message.force_reply) this.composer.replyTo(message, message.force_reply.placeholder);
    if (this.isFront && this.stuck && !document.hidden) return;
    this.unread += 1;
    this.showUnread();
  }

  put(message) {
    const stuck = this.stuck || message.mine;
    this.messages.set(message.id, message);
    this.place(message);
    this.showEmptiness();
    if (stuck) this.toBottom();
  }

  place(message) {
    const old = this.elements.get(message.id);
    const focused = old?.contains(document.activeElement);
    const element = messageElement(message, this.bot.name, {
      command: (text) => this.say(text),
      press: (id, row, column) => this.press(id, row, column),
      enlarge: this.page.enlarge,
      find: (id) => this.elements.get(id),
    });
    if (old) {
      old.replaceWith(element);
      if (focused) element.querySelector("button, a")?.focus();
    } else {
      this.separateDays(message);
      this.log.append(element);
    }
    this.elements.set(message.id, element);
  }

  separateDays(message) {
    const date = new Date(message.date * 1000).toDateString();
    const separators = this.log.querySelectorAll(".day");
    if (separators[separators.length - 1]?.dataset.date === date) return;
    const separator = make("p", "day");
    separator.dataset.date = date;
    separator.dataset.seconds = message.date;
    this.log.append(separator);
    this.nameDays();
  }

  /** What was today is yesterday once the day has moved. */
  nameDays() {
    for (const each of this.log.querySelectorAll(".day")) each.textContent = day(Number(each.dataset.seconds));
  }

  remove(id) {
    const element = this.elements.get(id);
    if (!element) return;
    this.messages.delete(id);
    this.elements.delete(id);
    const finish = () => {
      element.remove();
      if (!this.messages.size) this.redraw();
    };
    element.classList.add("leaving");
    element.addEventListener("transitionend", finish, { once: true });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) finish();
  }

  showEmptiness() {
    const empty = this.messages.size === 0;
    this.find(".empty").hidden = !empty;
    this.log.hidden = empty && !this.log.children.length;
    this.find(".offer").hidden = empty || this.person.sent_file || !this.ownSamples.length;
  }

  /** The samples in the page's language. */
  get ownSamples() {
    return this.samples.filter((sample) => currentLanguage() in sample.label);
  }

  offerSamples() {
    for (const block of this.root.querySelectorAll(".samples")) {
      block.replaceChildren(...this.ownSamples.map((sample) => this.sampleButton(sample)));
    }
    this.composer.setAttachments(this.ownSamples);
  }

  sampleButton(sample) {
    const button = make("button", "sample");
    const label = sample.label[currentLanguage()];
    const about = make("span", "about");
    about.append(make("strong", "", label), make("small", "", `${sample.name} · ${fileSize(sample.size)}`));
    button.type = "button";
    button.append(icon("sheet"), about);
    button.addEventListener("click", () => this.sendSample(sample));
    return button;
  }

  // What the person does

  async attempt(action) {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof server.Problem)) throw error;
      this.toast(error.message);
      return null;
    }
  }

  say(text, replyTo) {
    return this.attempt(() => server.sendText(this.person.id, text, replyTo));
  }

  sendSample(sample) {
    const index = this.samples.indexOf(sample);
    return this.attempt(() => server.sendSample(this.person.id, index));
  }

  setLanguage(language) {
    return this.attempt(() => server.setLanguage(this.person.id, language));
  }

  setBlocked(blocked) {
    return this.attempt(() => server.setBlocked(this.person.id, blocked));
  }

  async press(id, row, column) {
    const answer = await this.attempt(() => server.press(this.person.id, id, row, column));
    if (!answer?.text) return;
    if (answer.alert) this.page.alert(answer.text);
    else this.toast(answer.text);
  }

  async sendFiles(files) {
    for (const file of files) await this.sendFile(file);
  }

  async sendFile(file) {
    const pending = pendingElement(file.name);
    this.find(".empty").hidden = true;
    this.log.hidden = false;
    this.log.append(pending.node);
    this.toBottom();
    await this.attempt(() => server.sendFile(this.person.id, file, pending.progress));
    pending.node.remove();
    this.showEmptiness();
  }

  // What shows

  setFront(front) {
    this.isFront = front;
    this.root.classList.toggle("front", front);
    this.tab.setAttribute("aria-selected", String(front));
    this.tab.tabIndex = front ? 0 : -1;
    if (front && this.stuck !== false) this.toBottom();
  }

  offerDrop(shown) {
    this.find(".drop").hidden = !shown;
    this.find(".drop span").textContent = word("drop", this.person.name);
  }

  toast(text) {
    const toast = this.find(".toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => (toast.hidden = true), TOAST_SHOWN_MS + text.length * 40);
  }

  showAction(action) {
    const stuck = this.stuck;
    this.action = action;
    clearTimeout(this.actionTimer);
    if (action) this.actionTimer = setTimeout(() => this.showAction(""), ACTION_SHOWN_MS);
    this.find(".typing").hidden = !action;
    this.setStatus();
    if (stuck) this.toBottom();
  }

  setStatus() {
    const known = { upload_photo: "upload_photo", upload_document: "upload_document" };
    const status = this.find(".status");
    status.classList.toggle("busy", Boolean(this.action));
    status.textContent = this.action
      ? word(known[this.action] ?? "typing", this.bot.name)
      : word("with", this.bot.name);
  }

  get atBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  /** Whether new messages may scroll: the person looks at the newest one, not at older ones. */
  get stuck() {
    return this.isStuck ?? true;
  }

  toBottom() {
    this.isStuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.seen();
  }

  scrolled() {
    this.isStuck = this.atBottom;
    if (this.isStuck) this.seen();
    this.showUnread();
  }

  seen() {
    if (this.isFront) this.unread = 0;
    this.showUnread();
  }

  showUnread() {
    const count = this.find(".newest .count");
    count.textContent = this.unread;
    count.hidden = !this.unread;
    this.find(".newest").hidden = this.stuck;
    this.page.unread(this, this.unread);
  }
}
