// Addresses of the portal as they are opened.

/** The code of an address that opens a matter (shared/words/addresses.ts), and the address without it, so that it does not stay in the bar. */
export function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code !== "") history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}
