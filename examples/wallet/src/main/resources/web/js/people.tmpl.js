/**
 * What people are called. The server tells nobody's address; this browser remembers those that its user has typed, and calls all others by the beginning of their id.
 */

import { find } from {{ file('js/api.js') }};
import { me } from {{ file('js/session.js') }};

const MOST = 1000;
const key = () => `wallet-people-${me().userId}`;

function book() {
  try {
    return JSON.parse(localStorage.getItem(key())) ?? {};
  } catch {
    return {};
  }
}

/** @returns {string} what a user is called on this page */
export const nameOf = (userId) => (userId === me()?.userId ? "You" : (book()[userId] ?? `Member ${userId.slice(0, 6)}`));

/** Finds a user by address, and remembers it. */
export async function meet(email) {
  const userId = await find(email);
  const known = Object.entries(book()).filter(([id]) => id !== userId);
  localStorage.setItem(key(), JSON.stringify(Object.fromEntries([...known.slice(1 - MOST), [userId, email.trim().toLowerCase()]])));
  return userId;
}
