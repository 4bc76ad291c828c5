// The thing that the address names: thing.html?actor/shaogang#CLAIM.
(function () {
  "use strict";
  var holder = document.getElementById("thing");
  var page = decodeURIComponent(location.search.slice(1).split("&")[0]);
  function done() { document.documentElement.dataset.ready = "1"; }
  function say(text) {
    var p = document.createElement("p");
    p.className = "lead";
    p.setAttribute("role", "status");
    p.textContent = text;
    holder.insertBefore(p, holder.firstChild);
    done();
  }
  // As kg/site/things.py counts it.
  function part(text, parts) {
    var number = 0;
    for (var i = 0; i < text.length; i++) number = (Math.imul(number, 31) + text.charCodeAt(i)) >>> 0;
    return number % parts;
  }
  function show(things) {
    var thing = Object.prototype.hasOwnProperty.call(things, page) ? things[page] : null;
    if (!thing) { say(holder.dataset.unknown); return; }
    document.title = thing[0] + " · " + holder.dataset.atlas;
    // Made by our own template, with every name escaped.
    document.getElementById("trail").innerHTML = thing[1];
    document.getElementById("head").innerHTML = thing[2];
    holder.innerHTML = thing[3];
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    // The browser looked for the place before it was there.
    if (target) { target.scrollIntoView({ block: "center" }); target.classList.add("target"); }
    if (window.atlasEgo) window.atlasEgo(page);
    done();
  }
  var twin = document.querySelector("a.twin");
  if (twin) twin.href += location.search + location.hash;
  if (!page) { done(); return; }
  var script = document.createElement("script");
  script.src = "data/things-" + part(page, Number(holder.dataset.parts)) + ".js";
  script.onerror = function () { say(holder.dataset.unknown); };
  script.onload = function () {
    window.atlasUnpack("ATLAS_THINGS").then(show, function () { say(holder.dataset.old); });
  };
  document.head.appendChild(script);
})();
