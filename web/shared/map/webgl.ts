/** Whether a map can be drawn here. Old telephones, remote desks and locked-down browsers cannot. */
export function canDraw(): boolean {
  try {
    const canvas = document.createElement("canvas");
    return (canvas.getContext("webgl2") ?? canvas.getContext("webgl")) !== null;
  } catch {
    return false;
  }
}
