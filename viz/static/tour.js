// The guided tour: while the address holds ?tour=N, a bar with the sentence of stop N, and keys that lead to the others.
// The number travels in the address, so that nothing needs to be stored. Without a tour this looks for its links and ends.
(function () {
  "use strict";
  var own = document.currentScript, at = /[?&]tour=(\d{1,3})(?:&|$)/.exec(location.search);
  // What else the address asks for (a card) stays in front.
  function toured(search, n) {
    var parts = search.slice(1).split("&").filter(function (p) { return p && !/^tour=/.test(p); });
    if (n) parts.push("tour=" + n);
    return parts.length ? "?" + parts.join("&") : "";
  }
  // The list of the stops leads to plain pages: only here do its links begin a tour.
  Array.prototype.forEach.call(document.querySelectorAll("a[data-tour]"), function (a) { a.search = toured(a.search, a.dataset.tour); });
  if (!at || window.ATLAS_TOUR) return;

  // .../assets/tour.js → the site's root; a language that is not the first lies in a folder of its name.
  var top = own.src.replace(/assets\/tour\.js.*$/, ""), lang = document.documentElement.lang.slice(0, 2) + "/";
  var root = location.href.indexOf(top + lang) === 0 ? top + lang : top;
  var n = Number(at[1]), data, bar, stop;

  function address(to) {
    var url = new URL(data.stops[to - 1][0], root);
    url.search = toured(url.search, to);
    return url.href;
  }
  function go(to) { if (to >= 1 && to <= data.stops.length) location.href = address(to); }
  function end() {
    bar.remove();
    bar = null;
    document.documentElement.classList.remove("touring");
    var plain = location.pathname + toured(location.search, 0) + location.hash;
    try { history.replaceState(null, "", plain); } catch (e) { location.replace(plain); }
  }
  function add(parent, tag, text, cls) {
    var e = document.createElement(tag);
    e.textContent = text;
    if (cls) e.className = cls;
    parent.appendChild(e);
    return e;
  }
  function fit() { if (bar) document.documentElement.style.setProperty("--tour", bar.offsetHeight + "px"); }
  function show() {
    data = window.ATLAS_TOUR;
    stop = data.stops[n - 1];
    if (!stop) return;
    bar = document.createElement("aside");
    bar.className = "tour-bar";
    bar.setAttribute("aria-label", data.tour);
    var line = add(bar, "p", ""), doors = add(bar, "div", "");
    add(line, "b", n + " / " + data.stops.length);
    line.append(stop[1]);
    var here = new URL(stop[0], root);
    if (here.pathname !== location.pathname || here.search !== toured(location.search, 0)) add(doors, "a", data.tour_return).href = address(n);
    if (n > 1) add(doors, "a", "← " + data.tour_back).href = address(n - 1);
    if (n < data.stops.length) add(doors, "a", data.tour_next + " →", "on").href = address(n + 1);
    var close = add(doors, "button", data.tour_end);
    close.type = "button";
    close.addEventListener("click", end);
    doors.title = data.tour_keys;
    document.body.appendChild(bar);
    document.documentElement.classList.add("touring");
    fit();
    window.addEventListener("resize", fit);
    listen();
  }

  // Whose keys these are: letters go to a field, arrows to a picture, a list of tabs, or what scrolls sideways.
  var FIELD = "input,textarea,select,[contenteditable=''],[contenteditable=true]";
  var OWN = FIELD + ",[role=application],[role=tablist],[role=radiogroup],[role=listbox],[role=menu],[role=grid],[role=slider]";
  function sideways(e) {
    for (; e && e !== document.body; e = e.parentElement)
      if (e.scrollWidth > e.clientWidth && /auto|scroll/.test(getComputedStyle(e).overflowX)) return true;
    return false;
  }
  function listen() {
    var busy = false;
    // Escape closes what lies on top of the page first: looked at before the page's own keys have closed it.
    window.addEventListener("keydown", function () {
      var panel = document.getElementById("panel");
      busy = Boolean(panel && !panel.hidden || document.querySelector("dialog[open]"));
    }, true);
    window.addEventListener("keydown", function (e) {
      if (!bar || e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return;
      var where = e.target.closest ? e.target : document.body, step = 0;
      if (e.key === "Escape" && !busy && !where.closest(FIELD)) { end(); return; }
      if (e.key === "PageDown" || e.key === "PageUp") step = where.closest("textarea,select") ? 0 : e.key === "PageDown" ? 1 : -1;
      if ((e.key === "ArrowRight" || e.key === "ArrowLeft") && !where.closest(OWN) && !sideways(where)) step = e.key === "ArrowRight" ? 1 : -1;
      if (!step) return;
      e.preventDefault();
      go(n + step);
    });
    // A page opened from here keeps the sentence, and the way back.
    document.addEventListener("click", function (e) {
      var a = bar && e.target.closest && e.target.closest("a[href]");
      if (a && !bar.contains(a) && !a.download && a.href.indexOf(top) === 0 && /\.html$/.test(a.pathname)) a.search = toured(a.search, n);
    }, true);
  }
  var script = document.createElement("script");
  script.src = root + "data/tour.js";
  script.onload = show;
  document.head.appendChild(script);
})();
