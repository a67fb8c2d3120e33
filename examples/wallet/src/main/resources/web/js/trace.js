/** Names what this page asks for, so that it can be found in the logs and traces of the application (W3C Trace Context). It depends on nothing. */

const random = (bytes) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** @returns {{id: string, parent: string}} a new trace: its id, and the header `traceparent` that says so */
export function newTrace() {
  const id = random(16);
  return { id, parent: `00-${id}-${random(8)}-01` };
}

/** @returns {string} what went wrong, and by which name those who run the application find it */
export const withTrace = (words, id) => (id ? `${words} (If you report it, name ${id}.)` : words);
