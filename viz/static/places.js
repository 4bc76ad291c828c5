// A tile (or a shape, or a row of the table) opens its county's list beside it; Escape goes back. Without this script
// all lists stand below the tiles.
(function () {
  "use strict";
  var box = document.getElementById("places"), back = null;
  var all = Array.prototype.slice.call(box.querySelectorAll(".county"));
  var doors = Array.prototype.slice.call(document.querySelectorAll("[data-county]"));
  function open(key) {
    var chosen = all.filter(function (s) { return s.id === key; })[0];
    if (!chosen) return null;
    all.forEach(function (s) { s.hidden = s !== chosen; });
    doors.forEach(function (d) {
      if (d.getAttribute("data-county") === key) d.setAttribute("aria-current", "true");
      else d.removeAttribute("aria-current");
    });
    return chosen;
  }
  function key() { return decodeURIComponent(location.hash.slice(1)); }
  box.classList.add("beside");
  if (!open(key())) open(box.dataset.first);
  doors.forEach(function (door) {
    door.addEventListener("click", function (e) {
      var name = door.getAttribute("data-county"), chosen = open(name);
      if (!chosen) return;
      e.preventDefault();
      back = door;
      history.replaceState(null, "", "#" + name);
      chosen.focus({ preventScroll: true });
      var top = chosen.getBoundingClientRect().top;
      if (top < 0 || top > window.innerHeight * .6) chosen.scrollIntoView();
    });
  });
  window.addEventListener("hashchange", function () { open(key()); });
  document.addEventListener("keydown", function (e) {
    if (e.key === "Escape" && back) { back.focus(); back = null; }
  });
})();
