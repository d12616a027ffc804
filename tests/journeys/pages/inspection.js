// What a page must hold beside axe's rules, each check a list of sentences about what is wrong. Loaded before the page.
(() => {
  "use strict";

  const violations = [];
  document.addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`);
  });

  const FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
  // Elements that are read apart from what stands beside them.
  const APART = "address,article,aside,blockquote,br,button,caption,dd,details,div,dl,dt,fieldset,figcaption,figure,footer,form,"
    + "h1,h2,h3,h4,h5,h6,header,hr,img,input,label,legend,li,main,nav,ol,option,p,section,select,summary,svg,table,tbody,td,"
    + "textarea,tfoot,th,thead,tr,ul,video";

  const visible = (element) => element.checkVisibility({ visibilityProperty: true });
  const told = (element) => visible(element) && !element.closest("[aria-hidden=true], [inert]");
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);
    const classes = element.getAttribute("class");
    return `<${element.localName}${element.id ? ` id=${element.id}` : ""}${classes ? ` class="${classes}"` : ""}> “${words}”`;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const focusable = () => all(FOCUSABLE).filter((element) => (
    element.tabIndex >= 0 && !element.disabled && told(element) && (element.type !== "radio" || first(element))
  ));
  // Of a group of radios, Tab reaches one.
  const first = (radio) => {
    const group = all(`input[type=radio][name="${CSS.escape(radio.name)}"]`).filter((other) => other.form === radio.form);
    return radio === (group.find((other) => other.checked) || group[0]);
  };

  // --- headings: one first-level heading, and none that skips a level

  function headings() {
    const found = all("h1, h2, h3, h4, h5, h6").filter((heading) => visible(heading) && !heading.closest("[aria-hidden=true]"));
    const wrong = [];
    let before = 0;
    for (const heading of found) {
      const level = Number(heading.localName[1]);
      if (level > before + 1) wrong.push(`${name(heading)} follows a heading of level ${before}`);
      before = level;
    }
    const top = found.filter((heading) => heading.localName === "h1");
    if (top.length !== 1) wrong.push(`${top.length} first-level headings`);
    return wrong;
  }

  // --- words that run together for those who listen: no space between, and nothing that sets them apart

  function gluedWords() {
    const wrong = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    let before = null;
    for (let text = walker.nextNode(); text; text = walker.nextNode()) {
      const holder = text.parentElement;
      if (!text.data || holder.closest("script, style, svg, [aria-hidden=true], option, noscript") || !visible(holder)) continue;
      if (before && before.parentElement !== holder && !setApart(before, text)) {
        const [left, right] = [before.data, text.data];
        if (/[\p{L}\p{N}]$/u.test(left) && /^[\p{L}\p{N}]/u.test(right)) {
          wrong.push(`“${left.trim().slice(-20)}” and “${right.trim().slice(0, 20)}” in ${name(common(before, text))}`);
        }
      }
      before = text;
    }
    return wrong;
  }

  function common(left, right) {
    let around = left.parentElement;
    while (!around.contains(right)) around = around.parentElement;
    return around;
  }

  // Whether something that is read apart begins, ends or stands between two texts.
  function setApart(left, right) {
    const around = common(left, right);
    for (const text of [left, right]) {
      for (let element = text.parentElement; element !== around; element = element.parentElement) {
        if (element.matches(APART) || element.matches("sup, sub")) return true;
      }
    }
    const between = document.createRange();
    between.setStartAfter(left);
    between.setEndBefore(right);
    return [...around.querySelectorAll(APART)].some((element) => between.intersectsNode(element)
      && !element.contains(left) && !element.contains(right) && visible(element));
  }

  // --- the accessible name says what the label shows (2.5.3); axe looks at buttons and links, this at fields

  const plain = (words) => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  function labelsInNames() {
    return all("input, select, textarea").filter((field) => told(field) && field.ariaLabel && field.labels).flatMap((field) => (
      [...field.labels].map((label) => plain(shown(label))).filter((label) => label && !plain(field.ariaLabel).includes(label))
        .map((label) => `${name(field)} shows “${label}”`)
    ));
  }

  function shown(label) {
    const copy = label.cloneNode(true);
    for (const left of copy.querySelectorAll("input, select, textarea, [aria-hidden=true], .vh")) left.remove();
    return copy.textContent;
  }

  // --- targets of 24 px at least (2.5.8); a link within a sentence may be as small as its text

  function smallTargets() {
    return focusableToTouch().filter((element) => {
      const box = target(element);
      return box.width > 0 && (Math.round(box.width * 10) < 240 || Math.round(box.height * 10) < 240) && !withinText(element);
    }).map((element) => {
      const box = target(element);
      return `${name(element)} is ${box.width.toFixed(1)} × ${box.height.toFixed(1)} px`;
    });
  }

  const focusableToTouch = () => all(FOCUSABLE).filter((element) => told(element) && element.tabIndex >= 0 && !element.matches("[role=region]"));

  // The box of an element, with its label and with what is drawn around a link to make it larger.
  function target(element) {
    const boxes = [element, ...(element.labels || [])].flatMap((part) => [...part.getClientRects()]);
    const around = getComputedStyle(element, "::after");
    if (around.position === "absolute" && around.content !== "none") return element.closest(".tap")?.getBoundingClientRect() || boxes[0];
    if (element.localName === "a" && element.ownerSVGElement) boxes.splice(0, boxes.length, element.getBoundingClientRect());
    return boxes.reduce((largest, box) => (box.width * box.height > largest.width * largest.height ? box : largest), { width: 0, height: 0 });
  }

  function withinText(element) {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    const holder = element.closest("p, li, dd, td, th, figcaption, code, small, h1, h2, h3, div");
    return holder && plain(holder.textContent).length > plain(element.textContent).length;
  }

  // --- the focus is never wholly hidden (2.4.11): going down, then up

  function hiddenFocus() {
    const wrong = new Set();
    for (const order of [focusable(), focusable().reverse()]) {
      document.activeElement.blur();
      for (const element of order) {
        element.focus({ focusVisible: true });
        if (document.activeElement === element && !inSight(element)) wrong.add(`${name(element)} is hidden by ${cover(element)}`);
      }
    }
    document.activeElement.blur();
    scrollTo(0, 0);
    return [...wrong];
  }

  function inSight(element) {
    const parts = [element, ...(element.labels || [])];
    return parts.flatMap((part) => [...part.getClientRects()]).some((box) => points(box).some(([x, y]) => {
      const on = document.elementFromPoint(x, y);
      return on && parts.some((part) => part.contains(on));
    }));
  }

  function* grid(box) {
    for (const across of [.1, .3, .5, .7, .9]) {
      for (const down of [.15, .5, .85]) yield [box.left + box.width * across, box.top + box.height * down];
    }
  }

  // Within what the screen shows of a box.
  function points(box) {
    const [left, top] = [Math.max(0, box.left), Math.max(0, box.top)];
    const [width, height] = [Math.min(innerWidth, box.right) - left, Math.min(innerHeight, box.bottom) - top];
    return width > 0 && height > 0 ? [...grid({ left, top, width, height })] : [];
  }

  function cover(element) {
    const box = element.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const on = document.elementFromPoint(x, y);
    return on ? name(on) : `the edge of the screen, at ${Math.round(x)}, ${Math.round(y)}`;
  }

  // --- bars that stay on the screen leave three quarters of it

  function tallBars() {
    scrollTo(0, document.documentElement.scrollHeight / 2);
    const bars = all("body *").filter((element) => (
      ["fixed", "sticky"].includes(getComputedStyle(element).position) && told(element) && !scrolls(element)
    ));
    const heights = bars.map((bar) => bar.getBoundingClientRect()).map((box) => (
      box.width < innerWidth / 2 ? 0 : Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0))
    ));
    const share = heights.reduce((sum, height) => sum + height, 0) / innerHeight;
    scrollTo(0, 0);
    return share > .25 ? [`${bars.filter((bar, index) => heights[index]).map(name).join(", ")}: ${Math.round(share * 100)} % of the height`] : [];
  }

  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowY);

  // --- forced colours: what its ground alone sets apart needs an edge

  let filled = [];

  const ground = (element) => {
    for (let holder = element; holder; holder = holder.parentElement) {
      const colour = getComputedStyle(holder).backgroundColor;
      if (!/, 0\)$|^transparent$/.test(colour)) return colour;
    }
    return "";
  };
  const edge = (element) => {
    const style = getComputedStyle(element);
    const sides = ["Top", "Right", "Bottom", "Left"];
    return sides.some((side) => parseFloat(style[`border${side}Width`]) >= 1 && style[`border${side}Style`] !== "none"
      && !/, 0\)$/.test(style[`border${side}Color`]) && style[`border${side}Color`] !== ground(element));
  };

  function rememberFilled() {
    filled = all("a[href], button, summary, label:has(> input) > span").filter((element) => (
      told(element) && element.parentElement && ground(element) !== ground(element.parentElement)
    ));
  }

  function lostEdges() {
    return filled.filter((element) => visible(element) && ground(element) === ground(element.parentElement) && !edge(element)).map(name);
  }

  // --- choices: one of each kind, to be seen ticked and not

  let choices = [];

  function kindsOfChoices() {
    const kinds = new Map();
    for (const field of all("input[type=checkbox], input[type=radio]").filter(told)) {
      const label = field.closest("label");
      const kind = [field.type, label?.className, label?.parentElement?.className].join(" ");
      const spot = getComputedStyle(field).opacity === "0" || field.getBoundingClientRect().width < 8 ? label : field;
      if (spot && !kinds.has(kind)) kinds.set(kind, [field, spot]);
    }
    choices = [...kinds.values()];
    return [...kinds.keys()];
  }

  // Tick the choice or not; its place on the screen.
  function tick(index, ticked) {
    const [field, spot] = choices[index];
    field.checked = ticked;
    spot.scrollIntoView({ block: "center" });
    const { x, y, width, height } = spot.getBoundingClientRect();
    return { x, y, width, height };
  }

  // --- links within the page lead somewhere

  const links = () => all("a[href]").map((link) => link.href).filter((address) => address.startsWith(location.origin));

  function unfold() {
    for (const fold of all("main details")) fold.open = true;
  }

  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

  window.inspection = {
    violations, headings, gluedWords, labelsInNames, smallTargets, hiddenFocus, tallBars, rememberFilled, lostEdges,
    kindsOfChoices, tick, links, unfold, overflow,
  };
})();
