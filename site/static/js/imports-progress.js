/* While a file is worked on: what is said of it is read again; without this script the page comes again by itself. */
const place = document.querySelector("[data-import-progress]");

async function look() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-import-progress]");
  if (!answer.ok || !now) {
    location.reload();
    return;
  }
  place.replaceChildren(...now.childNodes);
  setTimeout(look, 2000);
}

if (place) setTimeout(look, 2000);
