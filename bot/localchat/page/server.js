// What the page asks of the server. Every function resolves to the answer or throws a Problem.

import { word } from "./words.js";

export const MAX_UPLOAD = 50_000_000;
const PHOTO_KINDS = new Set(["image/png", "image/jpeg", "image/webp"]);
const MAX_PHOTO = 10_000_000;

export class Problem extends Error {}

const post = (user, action, body) => postTo(`/page/people/${user}/${action}`, body);

async function postTo(path, body) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new Problem(word("lost"));
  }
  const answer = await response.json();
  if (!response.ok) throw new Problem(answer.problem ?? word("failed"));
  return answer;
}

export const moveClock = (to) => postTo("/page/clock", { to });
export const sendText = (user, text, replyTo) => post(user, "text", { text, reply_to: replyTo });
export const sendSample = (user, sample) => post(user, "sample", { sample });
export const press = (user, message, row, column) => post(user, "press", { message, row, column });
export const setLanguage = (user, language) => post(user, "language", { language });
export const setBlocked = (user, blocked) => post(user, "block", { blocked });

/** Fetch can't tell how far an upload is; XMLHttpRequest can. */
export function sendFile(user, file, onProgress) {
  if (!file.size) return Promise.reject(new Problem(word("empty")));
  if (file.size > MAX_UPLOAD) return Promise.reject(new Problem(word("tooLarge")));
  const kind = PHOTO_KINDS.has(file.type) && file.size <= MAX_PHOTO ? "photo" : "document";
  const query = new URLSearchParams({ name: file.name, kind });
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/page/people/${user}/file?${query}`);
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => onProgress(event.loaded / event.total));
    request.addEventListener("error", () => reject(new Problem(word("lost"))));
    request.addEventListener("load", () =>
      request.status === 200
        ? resolve(request.response)
        : reject(new Problem(request.response?.problem ?? word("failed"))),
    );
    request.send(file);
  });
}

/** Everything as it stands, then each change; the browser reconnects by itself. */
export function listen({ onSnapshot, onChange, onLost }) {
  const events = new EventSource("/page/events");
  events.addEventListener("snapshot", (event) => onSnapshot(JSON.parse(event.data)));
  events.addEventListener("change", (event) => onChange(JSON.parse(event.data)));
  events.addEventListener("error", onLost);
}
