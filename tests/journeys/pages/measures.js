// What is measured in a page, for `rules.py`. Each function gives a list of sentences, one a fault, or of boxes.
(() => {
  "use strict";

  const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [tabindex]:not([tabindex='-1'])";
  const JOINING = new Set("a abbr b bdi bdo cite code data del dfn em i ins kbd label mark output q s samp small span strong time tspan u var".split(" "));
  const SILENT = new Set("script style template noscript title desc textarea datalist".split(" "));

  function named(element) {
    const path = element.id ? `#${element.id}` : [...element.classList].slice(0, 2).map((word) => `.${word}`).join("");
    const words = (element.getAttribute("aria-label") || element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);
    return `<${element.localName}${path}> ${words}`;
  }

  // An element that is shown, in a part of the page that can be used.
  function shown(element) {
    return element.checkVisibility({ visibilityProperty: true }) && !element.closest("[inert]");
  }

  const region = (within) => (within ? document.querySelector(within) : document);

  // The box that answers a click: with a tick, its label's too.
  function target(element) {
    const boxes = [element, ...(element.labels ?? [])].map((part) => part.getBoundingClientRect()).filter((box) => box.width && box.height);
    if (!boxes.length) return null;
    const left = Math.min(...boxes.map((box) => box.left)), top = Math.min(...boxes.map((box) => box.top));
    const right = Math.max(...boxes.map((box) => box.right)), bottom = Math.max(...boxes.map((box) => box.bottom));
    return { left, top, right, bottom, width: right - left, height: bottom - top };
  }

  // Words that are read as one, since nothing stands between them once the styles are away.
  function joined(root = document.body) {
    const found = [];
    let before = null;
    (function walk(node) {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (!child.data) continue;
          if (before && /[\p{L}\p{N}%€²]$/u.test(before) && /^[\p{L}\p{N}]/u.test(child.data)) {
            found.push(`“${before.trim().slice(-25)}” and “${child.data.trim().slice(0, 25)}” are read as one word, in ${named(child.parentElement)}`);
          }
          before = child.data;
        } else if (child.nodeType === Node.ELEMENT_NODE) {
          if (SILENT.has(child.localName) || child.hidden || child.getAttribute("aria-hidden") === "true") continue;
          // 1er, m2: one word, as it is written.
          const apart = !JOINING.has(child.localName);
          if (apart) before = null;
          walk(child);
          if (apart) before = null;
        }
      }
    })(root);
    return found;
  }

  // Targets under 24 px, unless they stand in a sentence or nothing else is within 12 px of their centre (2.5.8).
  function small(within) {
    const found = [];
    const all = [...region(within).querySelectorAll(CONTROLS)].filter(shown).map((element) => ({ element, box: target(element) })).filter(({ box }) => box && box.right > 0 && box.bottom + scrollY > 0);
    const isSmall = ({ box }) => box.width < 23.95 || box.height < 23.95;
    const centre = ({ box }) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    for (const one of all) {
      if (!isSmall(one) || inSentence(one.element)) continue;
      const [x, y] = centre(one);
      const near = all.find((other) => {
        if (other === one || other.element.contains(one.element) || one.element.contains(other.element)) return false;
        if (isSmall(other)) {
          const [otherX, otherY] = centre(other);
          return Math.hypot(otherX - x, otherY - y) < 24;
        }
        const apartX = Math.max(other.box.left - x, 0, x - other.box.right), apartY = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(apartX, apartY) < 12;
      });
      if (near) found.push(`${named(one.element)} is ${one.box.width.toFixed(1)} × ${one.box.height.toFixed(1)} px, too near to ${named(near.element)}`);
    }
    // Marks of a map that lie one over another: what is left of the lower one.
    const layers = Map.groupBy(all.filter(({ element }) => getComputedStyle(element).position === "absolute"), ({ element }) => element.parentElement);
    for (const marks of layers.values()) {
      for (const [place, one] of marks.entries()) for (const other of marks.slice(place + 1)) {
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        const left = Math.max(Math.min(one.box.width, other.box.width) - across, Math.min(one.box.height, other.box.height) - down);
        if (across > 0 && down > 0 && left < 24) found.push(`${named(one.element)} and ${named(other.element)} lie one over the other: ${left.toFixed(1)} px are left`);
      }
    }
    return found;
  }

  function inSentence(element) {
    if (getComputedStyle(element).display !== "inline") return false;
    const around = element.closest("p, li, td, dd, dt, th, figcaption, div, label, h1, h2, h3") ?? element.parentElement;
    const words = around.cloneNode(true);
    for (const control of words.querySelectorAll(CONTROLS)) control.remove();
    return /[\p{L}\p{N}]/u.test(words.textContent);
  }

  function overflow() {
    const wider = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    return wider > 0 ? [`the page is ${wider} px wider than the screen`] : [];
  }

  // The share of the screen's height that bars keep, wherever the page is scrolled to.
  function bars(most) {
    const found = [];
    for (const part of [0, 0.5, 1]) {
      scrollTo({ top: part * (document.documentElement.scrollHeight - innerHeight), behavior: "instant" });
      const kept = new Map();
      for (let y = 1; y < innerHeight; y += 2) {
        const bar = barOf(document.elementFromPoint(innerWidth / 2, y));
        if (bar) kept.set(bar, (kept.get(bar) ?? 0) + 2);
      }
      const height = [...kept.values()].reduce((sum, rows) => sum + rows, 0);
      if (height > most * innerHeight) found.push(`bars keep ${height} of ${innerHeight} px: ${[...kept.keys()].map(named).join(", ")}`);
    }
    return found;
  }

  // What stays while the rest is scrolled: fixed, or sticky and held. What scrolls by itself is a page of its own.
  function barOf(element) {
    for (let part = element; part && part !== document.body; part = part.parentElement) {
      const { position, overflowY, top, bottom } = getComputedStyle(part);
      if (/auto|scroll/.test(overflowY) && part.scrollHeight > part.clientHeight) return null;
      if (position === "fixed") return part;
      if (position === "sticky") {
        const box = part.getBoundingClientRect();
        const held = (top !== "auto" && Math.abs(box.top - parseFloat(top)) < 1.5) || (bottom !== "auto" && Math.abs(innerHeight - box.bottom - parseFloat(bottom)) < 1.5);
        // One that ends with the page is where it would be anyway.
        if (held && scrollY + innerHeight < document.documentElement.scrollHeight - 1) return part;
      }
    }
    return null;
  }

  // Controls by what the styles know of them.
  function kinds() {
    const marked = (element) => element ? [element.localName, ...element.classList, element.getAttribute("type") ?? ""].join(".") : "";
    return [...new Set([...document.querySelectorAll(CONTROLS)].filter(shown).map((element) => [element, element.parentElement, element.parentElement?.parentElement].map(marked).join(" < ")))];
  }

  // --- the keyboard
  let met = new Set(), looks = new Map();

  function drawnFor(element) {
    const label = element.labels?.[0];
    return [element, label, ...(label?.querySelectorAll("*") ?? []), element.nextElementSibling, element.parentElement, ...(element.ownerSVGElement ? element.querySelectorAll("*") : [])].filter(Boolean);
  }

  function look(element) {
    return drawnFor(element).map((part) => {
      const style = getComputedStyle(part);
      const outline = style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1 ? "" : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`;
      return [outline, style.boxShadow, style.borderTopColor, style.borderTopWidth, style.stroke, style.strokeWidth].join();
    }).join("|");
  }

  function beginWalk() {
    met = new Set();
    // What glides is judged where it arrives.
    for (const part of document.querySelectorAll("*")) if (getComputedStyle(part).scrollBehavior === "smooth") part.style.scrollBehavior = "auto";
    document.activeElement?.blur();
    looks = new Map([...document.querySelectorAll(CONTROLS)].map((element) => [element, look(element)]));
  }

  // What is wrong with what has the focus: a sentence, "" when all is well, null once the walk is over.
  function focused(within) {
    const element = document.activeElement;
    if (!element || element === document.body || met.has(element)) return null;
    met.add(element);
    if (within && !element.closest(within)) return "";
    const box = element.getBoundingClientRect().width > 2 ? element.getBoundingClientRect() : target(element);
    if (!box) return `${named(element)} has the focus and is not drawn`;
    if (!seen(element, box)) return `${named(element)} is hidden while it has the focus: ${hider(box)}`;
    if (looks.has(element) && looks.get(element) === look(element)) return `${named(element)} shows no ring while it has the focus`;
    return "";
  }

  function points(box) {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right <= left || bottom <= top) return [];
    const shares = [0.02, 0.25, 0.5, 0.75, 0.98];
    return shares.flatMap((across) => shares.map((down) => [left + across * (right - left), top + down * (bottom - top)]));
  }

  function seen(element, box) {
    const own = new Set([element, ...(element.labels ?? [])]);
    return points(box).some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && [...own].some((part) => part.contains(top) || (top.contains(part) && !barOf(top)));
    });
  }

  function hider(box) {
    const [point] = points(box);
    return point ? `under ${named(document.elementFromPoint(...point) ?? document.body)}` : `outside of the screen, at ${Math.round(box.left)}, ${Math.round(box.top)}`;
  }

  // --- what keeps its shape in forced colours
  const page = (box) => ({ left: box.left + scrollX, top: box.top + scrollY, right: box.right + scrollX, bottom: box.bottom + scrollY });

  function clear(colour) {
    const share = /rgba\(.*, ?([\d.]+)\)$|\/ ?([\d.]+)\)$/.exec(colour);
    return colour === "transparent" || (share !== null && Number(share[1] ?? share[2]) < 0.5);
  }

  function behind(element) {
    for (let part = element.parentElement; part; part = part.parentElement) {
      const colour = getComputedStyle(part).backgroundColor;
      if (!clear(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  }

  // Whether a part of the page that scrolls by itself keeps it out of sight, and so out of a picture.
  function clipped(element) {
    const box = element.getBoundingClientRect();
    for (let part = element.parentElement; part && part !== document.body; part = part.parentElement) {
      if (getComputedStyle(part).overflowY === "visible") continue;
      const around = part.getBoundingClientRect();
      if (box.top < around.top - 1 || box.bottom > around.bottom + 1 || box.left < around.left - 1 || box.right > around.right + 1) return true;
    }
    return false;
  }

  // While the page is judged as a whole: bars that stay would lie over what is under them just now.
  let flat = [];
  function layFlat() {
    flat = [...document.querySelectorAll("body *")].filter((part) => getComputedStyle(part).position === "sticky");
    for (const part of flat) part.style.position = "relative";
    scrollTo({ top: 0, behavior: "instant" });
  }
  function raise() {
    for (const part of flat) part.style.position = "";
  }

  // Buttons as people see them: what can be clicked and stands out by its ground.
  function filled(within) {
    return [...region(within).querySelectorAll("a[href], button, summary, input[type=submit], input[type=button]")].filter((element) => {
      const { backgroundColor } = getComputedStyle(element), box = element.getBoundingClientRect();
      return shown(element) && box.width >= 24 && box.height >= 24 && box.top + scrollY >= 0 && !clipped(element) && !clear(backgroundColor) && backgroundColor !== behind(element);
    });
  }
  let buttons = [];
  function findButtons(within) { buttons = filled(within); }
  const buttonBoxes = () => buttons.map((element) => ({ name: named(element), ...page(element.getBoundingClientRect()) }));

  // Ticks, all empty; then those that can be ticked together, ticked.
  let ticks = [];
  function emptyTicks(within) {
    ticks = [...region(within).querySelectorAll("input[type=checkbox], input[type=radio]")].filter((element) => shown(element) && target(element)?.width && !clipped(element.labels?.[0] ?? element));
    for (const tick of ticks) tick.checked = false;
    return ticks.length;
  }
  function fillTicks() {
    for (const tick of ticks) tick.checked = true;
    return ticks.filter((tick) => tick.checked).map((tick) => ({ name: named(tick.labels?.[0] ?? tick), ...page(target(tick)) }));
  }

  globalThis.measures = { layFlat, raise, joined, kinds, small, overflow, bars, beginWalk, focused, findButtons, buttonBoxes, emptyTicks, fillTicks };
})();
