/* Rules of a draft: drag a row to its place, tick a whole department. Buttons and boxes do the same without this. */
(() => {
  let dragged = null;

  const clear = () => {
    document.querySelectorAll(".rules-over, .rules-over--after").forEach((row) => {
      row.classList.remove("rules-over", "rules-over--after");
    });
  };

  const rows = [...document.querySelectorAll(".rules-table tbody tr")];
  rows.forEach((row) => {
    // Only the handle starts a drag, so that the words of a rule can still be selected.
    const handle = document.createElement("span");
    handle.className = "rules-handle";
    handle.setAttribute("aria-hidden", "true");
    handle.textContent = "⠿";
    row.querySelector(".rules-number").before(handle);
    handle.addEventListener("pointerdown", () => { row.draggable = true; });
    handle.addEventListener("pointerup", () => { row.draggable = false; });

    row.addEventListener("dragstart", (event) => {
      dragged = row;
      row.classList.add("rules-drag");
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", row.id);
    });
    row.addEventListener("dragend", () => {
      row.draggable = false;
      row.classList.remove("rules-drag");
      clear();
      dragged = null;
    });
    row.addEventListener("dragover", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      clear();
      const down = Number(dragged.dataset.position) < Number(row.dataset.position);
      row.classList.add(down ? "rules-over--after" : "rules-over");
    });
    row.addEventListener("drop", (event) => {
      if (!dragged || dragged === row) return;
      event.preventDefault();
      const form = dragged.querySelector("[data-rules-to]");
      form.elements.to.value = row.dataset.position;
      form.requestSubmit();
    });
  });

  document.querySelectorAll("[data-rules-all]").forEach((button) => {
    const boxes = [...button.closest("[data-rules-group]").querySelectorAll("input[type=checkbox]")];
    const say = () => button.setAttribute("aria-pressed", String(boxes.every((box) => box.checked)));
    button.hidden = false;
    button.addEventListener("click", () => {
      const tick = !boxes.every((box) => box.checked);
      boxes.forEach((box) => { box.checked = tick; });
      say();
    });
    for (const box of boxes) box.addEventListener("change", say);
    say();
  });
})();
