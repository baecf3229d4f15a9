// The map itself. Loaded only where one is shown: MapLibre is larger than all the rest of the portal.
// Its CSP build takes the worker as a file, and names are HTML above the picture, since letters in it
// would have to be fetched from a server of glyphs.

import maplibregl from "maplibre-gl/dist/maplibre-gl-csp.js";
import worker from "maplibre-gl/dist/maplibre-gl-csp-worker.js?worker&url";
import type { GeoJSONSource, LngLatBoundsLike, Map as LibreMap, Marker, StyleSpecification } from "maplibre-gl";
import type { TileServer } from "../api/client";
import { boxOf, type Outline, type Position } from "./geometry";

export interface Shown {
  areas: readonly Outline[];
  /** The area around them: its border alone is drawn. */
  within?: Outline;
  /** 0 … 4 by id of the area. */
  shades: ReadonlyMap<number, number>;
  /** What stands under the name. */
  notes: ReadonlyMap<number, string>;
  /** A point that was set. */
  mark?: Position;
}
export interface Look {
  land: string;
  line: string;
  strong: string;
  shades: readonly string[];
  mark: string;
}
export interface Drawn {
  show: (what: Shown) => void;
  look: (look: Look) => void;
  zoom: (by: number) => void;
  goTo: (position: Position) => void;
  remove: () => void;
}
export interface Hearing {
  picked: (id: number) => void;
  placed: (position: Position) => void;
  failed: () => void;
}

maplibregl.setWorkerUrl(worker);
const padding = 28;
const zoomMost = 17;

export function draw(box: HTMLElement, title: string, tiles: TileServer | undefined, look: Look, hearing: Hearing): Drawn {
  const map: LibreMap = new maplibregl.Map({
    container: box,
    style: styleOf(tiles, look),
    attributionControl: false, // stands under the map as text, with the sources of the shapes
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: zoomMost,
    fadeDuration: 0,
    locale: { "Map.Title": title },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  let shown: Shown | undefined;
  let fitted = "";
  let labels: Label[] = [];
  let mark: Marker | undefined;
  let isReady = false;

  const put = (): void => {
    if (!isReady || shown === undefined) return;
    (map.getSource("areas") as GeoJSONSource).setData(shapesOf(shown));
    (map.getSource("within") as GeoJSONSource).setData(collection(shown.within?.shape === undefined ? [] : [feature(shown.within, 0)]));
    (map.getSource("points") as GeoJSONSource).setData(pointsOf(shown));
  };
  map.on("load", () => {
    isReady = true;
    put();
    box.dataset.ready = "yes";
  });
  map.on("error", (event) => {
    // A tile that does not come leaves the shapes; only a map that cannot begin has failed.
    if (!isReady && event.error !== undefined) hearing.failed();
  });
  map.on("click", (event) => {
    hearing.placed([event.lngLat.lng, event.lngLat.lat]);
    const found = isReady ? map.queryRenderedFeatures(around(event.point), { layers: ["points", "areas"] })[0] : undefined;
    if (found !== undefined) hearing.picked(Number(found.properties.id));
  });
  map.on("moveend", () => spread(labels));

  return {
    show(what) {
      shown = what;
      put();
      for (const label of labels) label.marker.remove();
      labels = labelsOf(what, map);
      mark?.remove();
      mark = what.mark === undefined ? undefined : markAt(what.mark).addTo(map);
      // Who moved the map is not moved back by new figures; another level is another view.
      const key = [what.within?.id, ...what.areas.map((area) => area.id)].join();
      if (key !== fitted) fit(map, what);
      fitted = key;
      spread(labels);
    },
    look(next) {
      map.setStyle(styleOf(tiles, next), { diff: true });
      map.once("styledata", put);
    },
    zoom: (by) => void map.easeTo({ zoom: map.getZoom() + by, duration: 0 }),
    goTo: (position) => void map.easeTo({ center: position, zoom: Math.max(map.getZoom(), 12), duration: 0 }),
    remove: () => map.remove(),
  };
}

/** A finger is no needle. */
const around = ({ x, y }: { x: number; y: number }): [[number, number], [number, number]] => [[x - 8, y - 8], [x + 8, y + 8]];

function fit(map: LibreMap, what: Shown): void {
  const box = boxOf(what.within?.shape === undefined ? what.areas : [what.within]) ?? boxOf(what.areas);
  if (what.mark !== undefined && (box === undefined || what.areas.length === 0)) {
    map.jumpTo({ center: what.mark, zoom: 13 });
    return;
  }
  if (box === undefined) return;
  const bounds: LngLatBoundsLike = [[box.west, box.south], [box.east, box.north]];
  map.fitBounds(bounds, { padding, duration: 0, maxZoom: 14 });
}

function styleOf(tiles: TileServer | undefined, look: Look): StyleSpecification {
  const empty = { type: "geojson" as const, data: collection([]) };
  const shade = ["match", ["get", "shade"], 1, look.shades[1], 2, look.shades[2], 3, look.shades[3], 4, look.shades[4], look.shades[0]];
  return {
    version: 8,
    sources: {
      ...(tiles === undefined ? {} : { tiles: { type: "raster" as const, tiles: [tiles.url], tileSize: 256, maxzoom: zoomMost } }),
      areas: empty,
      within: empty,
      points: empty,
    },
    layers: [
      { id: "land", type: "background", paint: { "background-color": look.land } },
      ...(tiles === undefined ? [] : [{ id: "tiles", type: "raster" as const, source: "tiles" }]),
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": shade as never, "fill-opacity": tiles === undefined ? 1 : 0.55 } },
      { id: "borders", type: "line", source: "areas", paint: { "line-color": look.line, "line-width": 1 } },
      { id: "within", type: "line", source: "within", paint: { "line-color": look.strong, "line-width": 2.5 } },
      { id: "points", type: "circle", source: "points", paint: { "circle-radius": 7, "circle-color": shade as never, "circle-stroke-color": look.strong, "circle-stroke-width": 1.5 } },
    ],
  };
}

type Feature = GeoJSON.Feature<GeoJSON.MultiPolygon | GeoJSON.Point>;
const collection = (features: Feature[]): GeoJSON.FeatureCollection => ({ type: "FeatureCollection", features });
const feature = (area: Outline, shade: number): Feature => ({ type: "Feature", properties: { id: area.id, shade }, geometry: { type: "MultiPolygon", coordinates: area.shape ?? [] } });
function shapesOf(what: Shown): GeoJSON.FeatureCollection {
  return collection(what.areas.filter((area) => area.shape !== undefined).map((area) => feature(area, what.shades.get(area.id) ?? 0)));
}
function pointsOf(what: Shown): GeoJSON.FeatureCollection {
  return collection(what.areas.filter((area) => area.shape === undefined && area.point !== undefined).map((area) => ({
    type: "Feature", properties: { id: area.id, shade: what.shades.get(area.id) ?? 0 }, geometry: { type: "Point", coordinates: area.point! },
  })));
}

interface Label {
  marker: Marker;
  element: HTMLElement;
  weight: number;
}
/** Names are for the eye: the list beside the map says the same. */
function labelsOf(what: Shown, map: LibreMap): Label[] {
  return what.areas.filter((area) => area.point !== undefined).map((area) => {
    const element = document.createElement("div");
    element.className = area.shape === undefined ? "map-label is-point" : "map-label";
    element.textContent = area.name;
    const note = what.notes.get(area.id);
    if (note !== undefined) {
      const line = document.createElement("b");
      line.textContent = note;
      element.append(line);
    }
    const marker = new maplibregl.Marker({ element, anchor: area.shape === undefined ? "top" : "center", offset: [0, area.shape === undefined ? 8 : 0] }).setLngLat(area.point!).addTo(map);
    silence(element);
    return { marker, element, weight: (what.shades.get(area.id) ?? 0) * 2 + (note === undefined ? 0 : 1) };
  });
}
function markAt(position: Position): Marker {
  const element = document.createElement("div");
  element.className = "map-mark";
  const marker = new maplibregl.Marker({ element, anchor: "bottom" }).setLngLat(position);
  silence(element);
  return marker;
}
function silence(element: HTMLElement): void {
  element.removeAttribute("aria-label");
  element.removeAttribute("role");
  element.removeAttribute("tabindex");
  element.setAttribute("aria-hidden", "true");
}

/** Of names that would cover one another the weightier stays. */
function spread(labels: readonly Label[]): void {
  const taken: DOMRect[] = [];
  const meets = (one: DOMRect, other: DOMRect): boolean => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  for (const label of [...labels].sort((one, other) => other.weight - one.weight)) {
    const place = label.element.getBoundingClientRect();
    const isFree = taken.every((other) => !meets(place, other));
    label.element.classList.toggle("is-covered", !isFree);
    if (isFree) taken.push(place);
  }
}
