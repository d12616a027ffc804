// The menu of small screens closes when the focus leaves it, or on Escape: what is behind it is not hidden from who reads it.
(() => {
  "use strict";

  const menu = document.querySelector(".site-header .site-header__menu");
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
