// The page's own words. What the bot says comes from the bot.

const WORDS = {
  nl: {
    dayNow: (day) => `Het is hier ${day}. Verzet de dag`,
    moveDay: "De dag verzetten",
    nextDay: "Een dag verder",
    nextWeek: "Een week verder",
    nextMonth: "Naar volgende maand",
    dayHint: "Zo zie je wat de bot later uit zichzelf stuurt, zoals de tip van de maand. Terug kan niet.",
    notice: "Geen Telegram: niets verlaat deze computer.",
    language: "Taal van deze pagina",
    people: "Adviseurs",
    lost: "De verbinding met Klantkompas is weg. Draait het programma nog? Ik probeer het opnieuw…",
    picture: "Afbeelding",
    close: "Sluiten",
    ok: "Begrepen",
    more: "Meer",
    welcome: "Wat hebben je beste klanten gemeen?",
    description:
      "Stuur je klantenlijst zoals hij uit je administratie komt. Klantkompas leest hem op deze computer en vertelt wat de cijfers zeggen.",
    start: "Begin het gesprek",
    hint: "Of typ /start, of sleep een bestand hierheen.",
    newest: "Naar het nieuwste bericht",
    blocked: "Je hebt de bot geblokkeerd. Hij kan je niets meer sturen.",
    block: "Blokkeer de bot",
    unblock: "Deblokkeer de bot",
    replying: "Antwoord op",
    cancelReply: "Niet antwoorden op dit bericht",
    commands: "Opdrachten",
    attach: "Bestand sturen",
    chooseFile: "Kies een bestand…",
    type: "Typ een bericht of /",
    send: "Verstuur",
    chatOf: (name) => `Gesprek van ${name}`,
    with: (bot) => `in gesprek met ${bot}`,
    typing: (bot) => `${bot} typt…`,
    upload_photo: (bot) => `${bot} maakt een afbeelding…`,
    upload_document: (bot) => `${bot} maakt een bestand…`,
    drop: (name) => `Laat los om dit namens ${name} te sturen`,
    said: (name) => `${name} zegt:`,
    you: "Jij",
    youSaid: "Jij zegt:",
    edited: "bewerkt",
    today: "Vandaag",
    imageOf: (bot) => `Afbeelding van ${bot}`,
    enlarge: "Vergroot de afbeelding",
    download: (name) => `Bewaar ${name}`,
    opensPage: "opent een webpagina",
    reveal: "Verborgen tekst: toon",
    readMore: "Lees verder",
    readLess: "Minder",
    sending: (name) => `${name} wordt verstuurd`,
    failed: "Dat is niet gelukt. Probeer het nog eens.",
    tooLarge: "Dit bestand is groter dan 50 MB; dat past niet in een chat.",
    empty: "Dit bestand is leeg.",
  },
  en: {
    dayNow: (day) => `Here it is ${day}. Move the day`,
    moveDay: "Move the day",
    nextDay: "A day on",
    nextWeek: "A week on",
    nextMonth: "To next month",
    dayHint: "This shows what the bot sends by itself later, such as the tip of the month. There is no way back.",
    notice: "Not Telegram: nothing leaves this computer.",
    language: "Language of this page",
    people: "Advisers",
    lost: "The connection with Klantkompas is gone. Is the program still running? Trying again…",
    picture: "Picture",
    close: "Close",
    ok: "Got it",
    more: "More",
    welcome: "What do your best clients share?",
    description:
      "Send your client list as your administration exports it. Klantkompas reads it on this computer and tells what the figures say.",
    start: "Start the conversation",
    hint: "Or type /start, or drop a file here.",
    newest: "To the newest message",
    blocked: "You have blocked the bot. It can't send you anything.",
    block: "Block the bot",
    unblock: "Unblock the bot",
    replying: "Reply to",
    cancelReply: "Don't reply to this message",
    commands: "Commands",
    attach: "Send a file",
    chooseFile: "Choose a file…",
    type: "Type a message or /",
    send: "Send",
    chatOf: (name) => `Conversation of ${name}`,
    with: (bot) => `talking with ${bot}`,
    typing: (bot) => `${bot} is typing…`,
    upload_photo: (bot) => `${bot} is making a picture…`,
    upload_document: (bot) => `${bot} is making a file…`,
    drop: (name) => `Let go to send this as ${name}`,
    said: (name) => `${name} says:`,
    you: "You",
    youSaid: "You say:",
    edited: "edited",
    today: "Today",
    imageOf: (bot) => `Picture from ${bot}`,
    enlarge: "Enlarge the picture",
    download: (name) => `Save ${name}`,
    opensPage: "opens a web page",
    reveal: "Hidden text: show",
    readMore: "Read on",
    readLess: "Less",
    sending: (name) => `${name} is being sent`,
    failed: "That did not work. Please try again.",
    tooLarge: "This file is larger than 50 MB; that does not fit in a chat.",
    empty: "This file is empty.",
  },
};

const STORED = "klantkompas-language";
let language = localStorage.getItem(STORED) ?? languageOfBrowser();

/** Who reads Dutch at all gets Dutch: many a Dutch computer speaks English by itself. */
function languageOfBrowser() {
  return navigator.languages.some((known) => known.startsWith("nl")) ? "nl" : "en";
}

export function currentLanguage() {
  return language;
}

export function word(name, ...values) {
  const found = WORDS[language][name];
  return typeof found === "function" ? found(...values) : found;
}

/** Put the page's words in everything under `root` that asks for one. */
export function translate(root) {
  for (const node of root.querySelectorAll("[data-word]")) node.textContent = word(node.dataset.word);
  for (const node of root.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", word(node.dataset.label));
    if (node.matches("button")) node.title = word(node.dataset.label);
  }
  for (const node of root.querySelectorAll("[data-placeholder]")) {
    node.placeholder = word(node.dataset.placeholder);
  }
}

/** Whether somebody chose, here or on an earlier day, or the browser did: then the bot hears it. */
export function languageIsChosen() {
  return localStorage.getItem(STORED) !== null || language !== "nl";
}

export function chooseLanguage(chosen) {
  language = chosen;
  localStorage.setItem(STORED, chosen);
}

export function fileSize(bytes) {
  const KB = 2 ** 10;
  const MB = 2 ** 20;
  const [value, unit] = bytes < KB ? [bytes, "byte"] : bytes < MB ? [bytes / KB, "kB"] : [bytes / MB, "MB"];
  const digits = unit === "byte" || value >= 100 ? 0 : 1;
  return `${value.toLocaleString(language, { maximumFractionDigits: digits })} ${unit}`;
}

export function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString("nl", { hour: "2-digit", minute: "2-digit" });
}

let ahead = 0;

/** The page follows the server's clock, which may have been moved forward. */
export function setClock(milliseconds) {
  ahead = milliseconds - Date.now();
}

export function now() {
  return new Date(Date.now() + ahead);
}

export function shortDay() {
  const locale = language === "en" ? "en-GB" : language;
  return now().toLocaleDateString(locale, { weekday: "short", day: "numeric", month: "short" });
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  if (date.toDateString() === now().toDateString()) return word("today");
  return date.toLocaleDateString(language, { weekday: "long", day: "numeric", month: "long" });
}
