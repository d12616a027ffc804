/* Place the point of a property on the territory's own map; latitude and longitude stay ordinary fields. */
(() => {
  const box = document.querySelector("[data-prem-map]");
  const form = document.getElementById("w-editor-form");
  if (!box || !form) return;

  const scale = JSON.parse(document.getElementById("prem-map-scale").textContent);
  const sheet = box.querySelector(".prem-map-sheet");
  const point = box.querySelector(".prem-point");
  const names = box.querySelector(".prem-names");
  const says = box.querySelector(".prem-map-says");
  const followButton = box.querySelector("[data-prem-follow]");
  const { latitude, longitude, commune } = form.elements;
  const [left, top, width, height] = sheet.getAttribute("viewBox").split(" ").map(Number);
  const areas = [...box.querySelectorAll(".prem-commune")];
  let zoom = 1;

  const number = (field) => (field.value.trim() === "" ? NaN : Number(field.value.replace(",", ".")));
  const place = () => {
    const at = { latitude: number(latitude), longitude: number(longitude) };
    if (Number.isNaN(at.latitude) || Number.isNaN(at.longitude)) return null;
    return { x: (at.longitude - scale.longitude) * scale.x, y: (scale.latitude - at.latitude) * scale.y };
  };
  const under = (at) => {
    const spot = sheet.createSVGPoint();
    spot.x = at.x;
    spot.y = at.y;
    return areas.find((area) => area.isPointInFill(spot));
  };

  const look = (at) => {
    const wide = width / zoom;
    const high = height / zoom;
    const x = at && zoom > 1 ? at.x - wide / 2 : left + (width - wide) / 2;
    const y = at && zoom > 1 ? at.y - high / 2 : top + (height - high) / 2;
    sheet.setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
    names.style.setProperty("--prem-letter", `${Math.max(1.5, (zoom > 1 ? 22 : 16) / zoom)}px`);
  };

  const draw = (move) => {
    const at = place();
    // The pin keeps its size on the screen.
    const size = 1 / Math.sqrt(zoom) / (zoom > 4 ? 2 : 1);
    point.toggleAttribute("hidden", !at);
    point.style.display = at ? "" : "none";
    for (const area of areas) area.classList.remove("prem-commune--chosen");
    if (!at) {
      says.textContent = says.dataset.nowhere;
      followButton.hidden = true;
      return;
    }
    point.setAttribute("transform", `translate(${at.x} ${at.y}) scale(${size})`);
    if (move) look(at);
    const found = under(at);
    const chosen = commune.selectedOptions[0];
    const differs = found && commune.value && commune.value !== found.dataset.insee;
    followButton.hidden = !found || commune.value === found.dataset.insee;
    if (found) {
      found.classList.add("prem-commune--chosen");
      // Above its neighbours, whose borders are its own.
      found.parentNode.insertBefore(found, box.querySelector(".prem-water"));
      followButton.dataset.insee = found.dataset.insee;
    }
    const words = !found ? says.dataset.outside : differs ? says.dataset.differs : says.dataset.in;
    says.textContent = words
      .replace("{commune}", found ? found.dataset.name : "")
      .replace("{other}", chosen ? chosen.textContent.trim() : "");
    says.classList.toggle("prem-error", !found || Boolean(differs));
  };

  const changed = (...fields) => {
    for (const field of fields) field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const put = (at) => {
    latitude.value = (scale.latitude - at.y / scale.y).toFixed(5);
    longitude.value = (scale.longitude + at.x / scale.x).toFixed(5);
    changed(latitude, longitude);
  };

  sheet.addEventListener("click", (event) => {
    const spot = sheet.createSVGPoint();
    spot.x = event.clientX;
    spot.y = event.clientY;
    put(spot.matrixTransform(sheet.getScreenCTM().inverse()));
  });
  sheet.addEventListener("keydown", (event) => {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.key === "+" || event.key === "-") {
      event.preventDefault();
      turn(event.key === "+" ? 2 : 0.5);
      return;
    }
    if (!steps[event.key]) return;
    event.preventDefault();
    const metres = event.shiftKey ? 100 : 10;
    const at = place() || { x: left + width / 2, y: top + height / 2 };
    const [right, down] = steps[event.key].map((step) => (step * metres) / scale.metres);
    put({ x: at.x + right, y: at.y + down });
    if (zoom > 1) look(place());
  });

  const turn = (factor) => {
    zoom = Math.min(64, Math.max(1, zoom * factor));
    draw(true);
    if (!place()) look(null);
  };
  box.querySelectorAll("[data-prem-zoom]").forEach((button) => {
    button.addEventListener("click", () => turn(button.dataset.premZoom === "in" ? 2 : 0.5));
  });
  box.querySelector("[data-prem-remove]").addEventListener("click", () => {
    latitude.value = "";
    longitude.value = "";
    changed(latitude, longitude);
  });
  followButton.addEventListener("click", () => {
    commune.value = followButton.dataset.insee;
    changed(commune);
    sheet.focus();
  });
  for (const field of [latitude, longitude, commune]) field.addEventListener("change", () => draw(false));

  box.hidden = false;
  if (place()) zoom = 4;
  draw(true);
  // What is not drawn has no inside: which commune the point is in is known once the tab is open.
  new IntersectionObserver(() => draw(false)).observe(sheet);
})();
