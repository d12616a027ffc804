/* The form of a property: fields follow the type and the deal, lots are added and removed, an error leads to its field.
   Without this the server does the same when the form is sent. */
(() => {
  const form = document.getElementById("w-editor-form");
  if (!form) return;

  const notAsked = JSON.parse(document.getElementById("prem-not-asked").textContent);
  const kind = form.elements.kind;
  const deal = form.elements.deal;

  const carries = (cell) => [...cell.querySelectorAll("input, select, textarea")].some((control) => (
    control.type === "checkbox" ? control.checked : !["", "unknown"].includes(control.value)
  ));

  const follow = () => {
    const absent = new Set(kind.value ? notAsked[`${kind.value}/${deal.value || "rent"}`] || [] : []);
    form.querySelectorAll("[data-prem-field]").forEach((cell) => {
      const away = absent.has(cell.dataset.premField);
      const stray = away && carries(cell);
      cell.hidden = away && !stray && !cell.querySelector(".error-message");
      cell.classList.toggle("prem-cell--stray", stray);
      cell.querySelector("[data-prem-stray]").hidden = !stray;
    });
    form.querySelectorAll("[data-prem-group]").forEach((group) => {
      const cells = [...group.querySelectorAll("[data-prem-field]")];
      if (cells.length) group.hidden = cells.every((cell) => cell.hidden);
    });
  };
  form.querySelector("[data-prem-refresh]").hidden = true;
  for (const control of [kind, deal]) control.addEventListener("change", follow);
  follow();

  const lots = form.querySelector("[data-prem-lots]");
  if (lots) {
    const total = form.elements[`${lots.dataset.premLots}-TOTAL_FORMS`];
    const add = lots.querySelector("[data-prem-add]");
    add.hidden = false;
    add.addEventListener("click", () => {
      const number = Number(total.value);
      const row = lots.querySelector("[data-prem-empty]").content.cloneNode(true);
      row.querySelectorAll("[name], [id], [for]").forEach((node) => {
        ["name", "id", "for"].forEach((name) => {
          if (node.hasAttribute(name)) node.setAttribute(name, node.getAttribute(name).replace("__prefix__", number));
        });
      });
      row.querySelector("[data-prem-number]").textContent = number + 1;
      lots.querySelector("[data-prem-rows]").append(row);
      total.value = number + 1;
      lots.querySelector("[data-prem-rows]").lastElementChild.querySelector("input").focus();
    });
    lots.addEventListener("change", (event) => {
      if (event.target.name?.endsWith("-DELETE")) {
        event.target.closest("[data-prem-row]").classList.toggle("prem-lot--gone", event.target.checked);
      }
    });
  }

  // What the public will read of the place: asked again a moment after the last change.
  const reading = form.querySelector("[data-prem-reading]");
  const place = ["address", "commune", "business_park", "precision", "latitude"].map((name) => form.elements[name]);
  let waiting;
  let asked;
  const read = async () => {
    asked?.abort();
    asked = new AbortController();
    const typed = new FormData();
    for (const control of [...place, form.elements.csrfmiddlewaretoken]) typed.append(control.name, control.value);
    try {
      const answer = await fetch(reading.dataset.premReading, { method: "POST", body: typed, signal: asked.signal });
      if (answer.ok) reading.innerHTML = await answer.text();
    } catch {
      // Overtaken by another change, or offline: the line stays, and saving tells the same.
    }
  };
  const readSoon = () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(read, 300);
  };
  for (const control of place) {
    control.addEventListener("input", readSoon);
    control.addEventListener("change", readSoon);
  }

  // Opened beside, without telling the editor that the form was sent: what is typed is still unsaved.
  const preview = form.querySelector("[formtarget]");
  if (preview) {
    preview.addEventListener("click", (event) => {
      event.preventDefault();
      const here = { action: form.getAttribute("action"), target: form.target };
      form.setAttribute("action", preview.getAttribute("formaction"));
      form.target = preview.getAttribute("formtarget");
      HTMLFormElement.prototype.submit.call(form);
      form.setAttribute("action", here.action);
      form.target = here.target;
    });
  }

  document.querySelectorAll("[data-prem-go]").forEach((link) => {
    link.addEventListener("click", (event) => {
      const control = document.getElementById(link.hash.slice(1));
      const panel = control?.closest("[role=tabpanel]");
      if (!panel) return;
      event.preventDefault();
      document.getElementById(panel.getAttribute("aria-labelledby")).click();
      // The tab opens in its own time.
      window.setTimeout(() => {
        control.focus();
        control.scrollIntoView({ block: "center" });
      }, 50);
    });
  });
})();
