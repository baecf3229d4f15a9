/** Opens the matter at once. The code stands behind the "#", which no browser sends to any server;
    without one the page asks for it. */
export const followAddress = (number: string, code = ""): string => `${location.origin}/follow/${encodeURIComponent(number)}${code === "" ? "" : `#${encodeURIComponent(code)}`}`;
