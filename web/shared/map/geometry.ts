// Points and shapes as the server tells them (src/base/geo.hpp): WGS-84, which telephones give too.

import type { AreaOnMap } from "../api/client";

/** Longitude first, as MapLibre and GeoJSON have it. */
export type Position = [number, number];
export type Shape = Position[][][];

/** An area with its texts read. */
export interface Outline {
  id: number;
  name: string;
  level: string;
  hasBelow: boolean;
  point?: Position;
  shape?: Shape;
}
export interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** "27.728100,112.001900", latitude first. */
export function positionOf(text: string): Position | undefined {
  const found = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text);
  if (found === null) return undefined;
  const latitude = Number(found[1]);
  const longitude = Number(found[2]);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 ? [longitude, latitude] : undefined;
}

/** As the server reads it: six decimals are 0.1 m. */
export const textOfPosition = ([longitude, latitude]: Position): string => `${latitude.toFixed(6)},${longitude.toFixed(6)}`;

export function outlineOf(area: AreaOnMap): Outline {
  return {
    id: area.id,
    name: area.name,
    level: area.level,
    hasBelow: area.has_below,
    point: positionOf(area.point),
    shape: area.shape === "" ? undefined : (JSON.parse(area.shape) as Shape),
  };
}

/** As src/base/geo.cpp decides it: the rings of a polygon count together, so that a hole is outside. */
export function isWithin(shape: Shape, [x, y]: Position): boolean {
  return shape.some((polygon) => polygon.filter((ring) => crossesOddly(ring, x, y)).length % 2 === 1);
}
function crossesOddly(ring: Position[], x: number, y: number): boolean {
  let isInside = false;
  for (let i = 1; i < ring.length; ++i) {
    const [ax, ay] = ring[i - 1]!;
    const [bx, by] = ring[i]!;
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) isInside = !isInside;
  }
  return isInside;
}

/** The box around all that is known of them; none where nothing is. */
export function boxOf(areas: readonly Outline[]): Box | undefined {
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  const take = ([x, y]: Position): void => {
    box.west = Math.min(box.west, x);
    box.east = Math.max(box.east, x);
    box.south = Math.min(box.south, y);
    box.north = Math.max(box.north, y);
  };
  for (const area of areas) {
    if (area.shape === undefined && area.point !== undefined) take(area.point);
    for (const polygon of area.shape ?? []) for (const position of polygon[0] ?? []) take(position);
  }
  return box.west > box.east ? undefined : box;
}

/** Five steps of shade: 0 for nothing, then quarters of the most. */
export function shadeOf(value: number, most: number): number {
  if (value <= 0 || most <= 0) return 0;
  return Math.min(4, Math.ceil((value / most) * 4));
}
