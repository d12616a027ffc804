// The search page: the live map, focus and folds kept when htmx changes the sheet. Without it the page works whole.
(() => {
  "use strict";

  const FARTHEST = 10, NEAREST = 16, NAMES_FROM = 11;
  const work = () => document.getElementById("work");
  let map, hits, land, seen;

  document.documentElement.classList.add("live");

  // --- what htmx replaces: folds, what is being typed and the phone's view stay, focus goes somewhere sensible
  let open = new Map(), typing = null, view = "", depth = 0, focused = "";
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target !== work()) return;
    open = new Map([...work().querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]));
    view = location.hash || view;
    depth = document.getElementById("filters").scrollTop;
    const field = document.activeElement;
    focused = field.id;
    const written = field.matches("input:not([type=checkbox], [type=radio])") && field.value !== field.defaultValue;
    typing = written && work().contains(field) ? [field.id, field.value] : null;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!work()) return;
    for (const fold of work().querySelectorAll("details[id]")) {
      if (open.has(fold.id)) fold.open = open.get(fold.id);
    }
    if (typing) document.getElementById(typing[0]).value = typing[1];
    typing = null;
    // The new address has no fragment: say again which view it was, without a step in the history. The browser then
    // shows it, and gives it the focus: what had it could not take it back before.
    if (view && location.hash !== view) {
      location.replace(view);
      const again = focused && document.getElementById(focused);
      if (again) again.focus({ preventScroll: true });
    }
    document.getElementById("filters").scrollTop = depth;
    if (document.activeElement === document.body && open.size) work().querySelector("h1").focus({ preventScroll: true });
    open = new Map();
    work().removeAttribute("aria-busy");
    showView();
    showHits();
  });
  document.addEventListener("htmx:beforeRequest", () => work()?.setAttribute("aria-busy", "true"));
  // Enter in a field is a change and a submission: what is being asked for already is not asked for again.
  let asked = "";
  const words = () => new URLSearchParams(new FormData(work())).toString();
  document.addEventListener("htmx:confirm", (event) => {
    if (event.target === work() && asked === words()) event.preventDefault();
  });
  document.addEventListener("htmx:beforeSend", (event) => { if (event.target === work()) asked = words(); });
  document.addEventListener("htmx:afterRequest", () => { asked = ""; });
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, () => work()?.submit());
  }

  // --- the phone's three views: the dock tells which; the filters hold the focus, and Escape closes them
  const narrow = matchMedia("(max-width: 67.99rem)");
  const behind = () => document.querySelectorAll("body > :is(.skip-link, header, footer), #work > :not(#filters)");

  function showView() {
    const filters = location.hash === "#filters" && narrow.matches;
    for (const part of behind()) part.inert = filters;
    for (const link of document.querySelectorAll(".dock a")) {
      if (link.hash === (location.hash || "#results")) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  addEventListener("hashchange", (event) => {
    const before = new URL(event.oldURL).hash;
    view = location.hash;
    showView();
    const filters = document.getElementById("filters");
    const holder = document.activeElement;
    if (location.hash === "#filters" && (holder === filters || !filters.contains(holder))) document.getElementById("filters-title").focus();
    if (before === "#filters" && location.hash !== before) document.querySelector('.dock a[href="#filters"]').focus({ preventScroll: true });
    if (map) look();
  });
  narrow.addEventListener("change", showView);
  addEventListener("click", (event) => {
    if (narrow.matches && event.target.closest(".filters__submit .solid-button")) location.hash = "#results";
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#filters") location.hash = "#results";
  });
  showView();

  // --- the live map
  function icon(point) {
    const [, , count, number, approximate] = point;
    if (number) return L.divIcon({ className: `live-flag${approximate ? " live-mark--approximate" : ""}`, html: `<b>${number}</b>`, iconSize: [28, 32], iconAnchor: [14, 32] });
    if (count > 1) return ring(count);
    return L.divIcon({ className: `live-dot${approximate ? " live-mark--approximate" : ""}`, html: "<b></b>", iconSize: [24, 24] });
  }

  function ring(count) {
    return L.divIcon({ className: "live-ring", html: `<b>${count}</b>`, iconSize: [30, 30] });
  }

  function popup(title, path) {
    const link = document.createElement("a");
    link.href = path;
    link.textContent = title;
    return link;
  }

  function marker(point) {
    const [latitude, longitude, count, number, , title, path] = point;
    const made = L.marker([latitude, longitude], {
      icon: icon(point), title: title || String(count), alt: number ? `${number}, ${title}` : title || String(count),
      zIndexOffset: number ? 1000 - number : 0, riseOnHover: true, hits: count,
    });
    if (path) made.bindPopup(popup(number ? `${number}. ${title}` : title, path));
    else made.on("click", () => map.setView([latitude, longitude], map.getZoom() + 2));
    return made;
  }

  function showHits() {
    const data = document.getElementById("live-points");
    if (!map || !data) return;
    document.getElementById("drawn-map").setAttribute("hidden", "");
    document.getElementById("map-tools").hidden = false;
    const points = JSON.parse(data.textContent);
    hits.clearLayers();
    numbered.clearLayers();
    const singles = points.filter((point) => !point[3]);
    hits.addLayers(singles.map(marker));
    for (const point of points.filter((point) => point[3])) numbered.addLayer(marker(point));
    seen = points.length ? L.latLngBounds(points.map(([latitude, longitude]) => [latitude, longitude])) : land.getBounds();
    look();
  }

  function look() {
    map.invalidateSize();
    // A flag stands above its place, and is half as wide as it is high.
    map.fitBounds(seen, { maxZoom: 14, animate: false, paddingTopLeft: [24, 44], paddingBottomRight: [24, 24] });
    separate();
  }

  // Of marks that lie one over another, the keyboard meets the top one: of the others too little is left to be touched.
  // They come apart when the map is enlarged, and the list has them all.
  function separate() {
    const free = [];
    const marks = [...map.getPane("markerPane").querySelectorAll(".live-flag, .live-dot, .live-ring")];
    for (const mark of marks.sort((one, other) => other.style.zIndex - one.style.zIndex)) {
      const box = mark.getBoundingClientRect();
      const under = free.some((above) => above.left < box.right && box.left < above.right && above.top < box.bottom && box.top < above.bottom);
      if (!under) free.push(box);
      for (const [name, value] of [["role", "button"], ["tabindex", "0"]]) {
        if (under) mark.removeAttribute(name);
        else mark.setAttribute(name, value);
      }
      mark.ariaHidden = under ? "true" : null;
    }
  }

  const numbered = window.L && L.layerGroup();

  async function start() {
    const box = document.getElementById("live-map");
    if (!box || !window.L || !L.markerClusterGroup) return;
    const answer = await fetch(box.dataset.communes);
    if (!answer.ok) return;
    const communes = await answer.json();
    box.hidden = false;
    map = L.map(box, { minZoom: FARTHEST, maxZoom: NEAREST, zoomControl: false, attributionControl: false, zoomSnap: 0.1, zoomDelta: 0.75, scrollWheelZoom: "center" });
    land = L.geoJSON(communes, { interactive: false, style: ({ properties }) => ({ className: `land tone-${properties.tone}`, fillOpacity: 1, weight: 1.4 }) }).addTo(map);
    drawLines(box);
    for (const { properties } of communes.features) {
      const centre = properties.label;
      L.marker(centre, { interactive: false, keyboard: false, icon: L.divIcon({ className: "live-name", html: `<span>${properties.name}</span>`, iconSize: [120, 14] }) }).addTo(map);
    }
    hits = L.markerClusterGroup({
      maxClusterRadius: 34, showCoverageOnHover: false, animate: false, spiderfyDistanceMultiplier: 1.6,
      iconCreateFunction: (cluster) => ring(cluster.getAllChildMarkers().reduce((sum, made) => sum + made.options.hits, 0)),
    }).addTo(map);
    numbered.addTo(map);
    map.on("zoomend", () => box.classList.toggle("live-map--far", map.getZoom() < NAMES_FROM));
    map.on("zoomend moveend", separate);
    showHits();
  }

  // Outline, water, runways and lines of the drawn map, over the same ground.
  function drawLines(box) {
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    drawing.setAttribute("viewBox", box.dataset.frame);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("class", "live-lines");
    const outline = document.getElementById("territory-outline").cloneNode();
    outline.setAttribute("class", "map__edge");
    const shapes = ["map-runways", "map-water", "map-network"].map((id) => document.getElementById(id).cloneNode(true));
    for (const shape of [outline, ...shapes]) {
      shape.removeAttribute("id");
      drawing.append(shape);
    }
    const [west, south, east, north] = box.dataset.ground.split(" ").map(Number);
    L.svgOverlay(drawing, [[south, west], [north, east]]).addTo(map);
  }

  document.addEventListener("click", (event) => {
    const tool = event.target.closest("[data-map]");
    if (!tool || !map) return;
    if (tool.dataset.map === "in") map.zoomIn();
    else if (tool.dataset.map === "out") map.zoomOut();
    else {
      const box = map.getBounds();
      const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
      document.getElementById("bbox").value = sides.map((side) => side.toFixed(5)).join(",");
      work().requestSubmit();
    }
  });

  start();
})();
