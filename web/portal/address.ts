/** Opens the matter at once. The code stands behind the "#", which no browser sends to any server. */
export const followAddress = (number: string, code: string): string => `${location.origin}/follow/${encodeURIComponent(number)}#${encodeURIComponent(code)}`;

/** The code of such an address, and the address without it, so that it does not stay in the bar. */
export function takeCode(): string {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code !== "") history.replaceState(history.state, "", location.pathname + location.search);
  return code;
}
