/** Files: sent with progress, shown to who is in the room. Both go over HTTP, to the door that answered last. */

import { ask, newKey, Refusal } from {{ file('js/api.js') }};
import { byId, element } from {{ file('js/dom.js') }};
import { address, leave } from {{ file('js/gateways.js') }};
import { renew, token } from {{ file('js/session.js') }};
import { newTrace, withTrace } from {{ file('js/trace.js') }};

const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);
const LARGEST_PICTURE = 5 * 1024 * 1024; // larger ones are not fetched unasked
const A_WHILE = 60000;
const TRIES = 3;
const PAUSE = 1000;
const ascii = (value) => JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => "\\u" + unit.charCodeAt(0).toString(16).padStart(4, "0"));

/** @returns {string} a number of bytes for people */
export function size(bytes) {
  const units = ["bytes", "KB", "MB", "GB"];
  const power = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)));
  return `${(bytes / 1024 ** power).toFixed(power > 0 && bytes / 1024 ** power < 10 ? 1 : 0)} ${units[power]}`;
}

/** No answer came; it is not known whether the file is kept. */
class BrokenOff extends Error {}

/**
 * Sends a file, and again where no answer comes: by its key it is kept once.
 *
 * @param {File} file the file
 * @param {(share: number) => void} progress is told how much of it is sent, 0 to 1
 * @param {AbortSignal} signal ends it
 * @returns {Promise<object>} what `files/upload` says of it
 */
export async function upload(file, progress, signal) {
  const key = newKey();
  for (let tries = 1; ; tries++) {
    const proof = token();
    try {
      return await send(file, { proof, key }, progress, signal);
    } catch (error) {
      const renewed = error.code === "UNAUTHENTICATED" && (await renew(proof));
      if (tries === TRIES || !(renewed || error instanceof BrokenOff)) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, renewed ? 0 : PAUSE));
      signal.throwIfAborted();
    }
  }
}

/** With XMLHttpRequest, since fetch does not say how much is sent. */
function send(file, { proof, key }, progress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const url = address("files/upload");
    const { id, parent } = newTrace();
    request.open("POST", url);
    request.setRequestHeader("Authorization", `Bearer ${proof}`);
    request.setRequestHeader("Command-Input", ascii({ name: file.name.slice(0, 255) }));
    request.setRequestHeader("Idempotency-Key", key);
    request.setRequestHeader("traceparent", parent);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) {
        resolve(request.response);
      } else {
        reject(new Refusal(request.response ?? {}, request.status));
      }
    };
    request.onerror = () => {
      leave(url);
      reject(new BrokenOff(withTrace("It broke off: the server cannot be reached, or does not take such a file.", id)));
    };
    request.onabort = () => reject(new DOMException("cancelled", "AbortError"));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

/** @returns {Promise<Blob>} the bytes of a file of a message */
async function bytes({ roomId, messageId }, { fileId }) {
  return (await ask("chat/attachment", { roomId, messageId, fileId }, { again: true, signal: AbortSignal.timeout(A_WHILE) })).blob();
}

async function save(message, attachment) {
  const url = URL.createObjectURL(await bytes(message, attachment));
  element("a", { href: url, download: attachment.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), A_WHILE);
}

const near = { root: byId("log"), rootMargin: "600px" };
const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      target.load();
    }
  }
}, near);

/** Shows a picture when it is near what is seen; nothing else is ever shown by the browser. */
function picture(message, attachment, complain) {
  const image = element("img", { alt: attachment.name, className: "picture" });
  image.load = async () => {
    try {
      const url = URL.createObjectURL(await bytes(message, attachment));
      image.onload = image.onerror = () => URL.revokeObjectURL(url);
      image.src = url;
    } catch (error) {
      complain(error);
    }
  };
  seen.observe(image);
  return image;
}

/** @returns {Element} a file of a message: pictures small, others by name; a click saves it */
export function shown(message, attachment, complain) {
  const { name, mediaType, size: length } = attachment;
  const isPicture = PICTURES.has(mediaType) && length <= LARGEST_PICTURE;
  const label = element("span", { className: "file-name" }, `${name} (${size(length)})`);
  const button = element("button", { type: "button", className: "file second" }, ...(isPicture ? [picture(message, attachment, complain)] : []), label);
  button.setAttribute("aria-label", `Save ${name}, ${size(length)}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    await save(message, attachment).catch(complain);
    button.disabled = false;
  });
  return button;
}
